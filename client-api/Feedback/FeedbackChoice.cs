using CityTwin.Ml.Classification;

namespace CityTwin.ClientApi.Feedback;

/// <summary>Reads the options <c>--feedback-model</c> and <c>--feedback-texts</c>.</summary>
internal static class FeedbackChoice
{
    /// <summary>The options; what is wrong with them is added to the mistakes.</summary>
    /// <param name="model">A model file, or null for the bundled model.</param>
    /// <param name="texts">A file of labelled texts that models learn from, or null for the bundled messages.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static FeedbackOptions Read(string? model, string? texts, List<string> mistakes)
    {
        var options = new FeedbackOptions();
        try
        {
            if (model is not null)
            {
                options = options with { Model = FeedbackModel.Load(model) };
                CheckHeads(options.Model);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            mistakes.Add($"--feedback-model: '{model}' cannot be used: {e.Message}");
        }
        try
        {
            if (texts is not null)
            {
                IReadOnlyList<Example> read = LabelledTextFile.Read(texts);
                options = options with { Texts = () => read, Calibration = () => [] };
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            mistakes.Add($"--feedback-texts: {e.Message}");
        }
        return options;
    }

    private static void CheckHeads(FeedbackModel model)
    {
        if (model.Heads[0].Name != Head.FeedbackNames[0])
        {
            throw new InvalidDataException($"its first head is '{model.Heads[0].Name}', not '{Head.FeedbackNames[0]}'");
        }
    }
}
