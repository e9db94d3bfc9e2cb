using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Ml.Privacy;
using CityTwin.Ml.Text;

namespace CityTwin.ClientApi.Feedback;

/// <summary>What a model answered of a report, in the city's words.</summary>
/// <param name="Reading">For the event.</param>
/// <param name="Category">Where it is filed: the category read, or the one where a person sorts what nobody could tell.</param>
/// <param name="Urgency">An urgency above the category's usual one; null: as usual.</param>
internal readonly record struct ReportReading(CaseClassification Reading, string Category, Urgency? Urgency);

/// <summary>One model with what watches over it, and room for its answers. Safe to use from any thread.</summary>
internal sealed class ReportReader(FeedbackModel model, DriftMonitor drift)
{
    private const double WorthAHurry = 0.3;

    private readonly ConcurrentBag<Prediction> _room = [];

    /// <summary>The model.</summary>
    public FeedbackModel Model => model;

    /// <summary>Whether citizens write of other things than the model knows.</summary>
    public DriftMonitor Drift => drift;

    /// <summary>A report without what would tell who a citizen is; as long as a case takes.</summary>
    public static string Mask(string text)
    {
        string masked = Masker.Mask(text);
        if (masked.Length <= TextLimits.ReportMax)
        {
            return masked;
        }
        return masked[..(char.IsHighSurrogate(masked[TextLimits.ReportMax - 1]) ? TextLimits.ReportMax - 1 : TextLimits.ReportMax)];
    }

    /// <summary>Reads a masked report for filing. The catalogue must have a category for what cannot be told.</summary>
    public ReportReading Read(string masked, CityRules rules)
    {
        Prediction prediction = _room.TryTake(out Prediction? kept) ? kept : model.NewPrediction();
        model.Predict(masked, prediction);
        drift.Observe(masked, prediction);
        ReportReading reading = ReadingOf(masked, prediction, rules);
        _room.Add(prediction);
        return reading;
    }

    /// <summary>The category where a person sorts what the model could not tell: "other", or the commonest that communes decide. Null: the city takes no reports.</summary>
    public static string? IntakeCategory(CityRules rules)
    {
        if (rules.Catalogue.Find("other") is { Kind: CaseKind.Feedback } other)
        {
            return other.Code;
        }
        return rules.Catalogue.Services.Values.Where(s => s.Kind == CaseKind.Feedback)
            .OrderByDescending(s => s.Level == Level.Commune).ThenByDescending(s => s.Share).ThenBy(s => s.Code, StringComparer.Ordinal).FirstOrDefault()?.Code;
    }

    private ReportReading ReadingOf(string masked, Prediction prediction, CityRules rules)
    {
        Prediction.Answer category = prediction.Answers[0];
        ServiceDefinition? named = rules.Catalogue.Find(category.Label) is { Kind: CaseKind.Feedback } found ? found : null;
        bool needsCategory = category.Abstains || named is null;
        (Level? level, double levelSure) = Answer<Level>(prediction, "level", out _);
        (Urgency? urgency, double urgencySure) = Answer<Urgency>(prediction, "urgency", out bool isUrgencyUnsure);
        var reading = new CaseClassification(
            model.Card.Name, category.Label, Share(category.Probability), needsCategory, LanguageIdentifier.Identify(masked).Language, level, levelSure, urgency, urgencySure);
        string filed = needsCategory ? IntakeCategory(rules)! : category.Label;
        Urgency usual = rules.Catalogue.Find(filed)!.Urgency;

        // A hurry is believed where the model is sure of it, or where what it suspects is always urgent; "immediate" is never its decision alone.
        bool hurries = (!isUrgencyUnsure && urgency >= Urgency.High)
            || (needsCategory && named is { Urgency: >= Urgency.High } && category.Probability >= WorthAHurry);
        return new ReportReading(reading, filed, hurries && usual < Urgency.High ? Urgency.High : null);
    }

    private static (T? Value, double Probability) Answer<T>(Prediction prediction, string head, out bool abstains)
        where T : struct, Enum
    {
        abstains = true;
        foreach (Prediction.Answer answer in prediction.Answers)
        {
            if (answer.Head.Name == head && Enum.TryParse(answer.Label, ignoreCase: true, out T value))
            {
                abstains = answer.Abstains;
                return (value, Share(answer.Probability));
            }
        }
        return (null, 0);
    }

    private static double Share(float probability) => Math.Round(Math.Clamp(probability, 0f, 1f), 4);
}
