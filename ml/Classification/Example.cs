namespace CityTwin.Ml.Classification;

/// <summary>A message with what people said of it.</summary>
/// <param name="Text">The message as written.</param>
/// <param name="Labels">One label a head, in the order of the heads; null where nobody said.</param>
/// <param name="Group">Texts of one group tell of the same situation and stay on one side of a validation split; null stands alone.</param>
public sealed record Example(string Text, IReadOnlyList<string?> Labels, string? Group = null)
{
    /// <summary>The label of a head, or null where nobody said.</summary>
    public string? LabelOf(int head) => head < Labels.Count ? Labels[head] : null;
}

/// <summary>One question a model answers: its name and the labels it chooses from.</summary>
/// <param name="Name">As <c>category</c>.</param>
/// <param name="Labels">The labels, in ordinal order; a label's place is its number.</param>
public sealed record Head(string Name, IReadOnlyList<string> Labels)
{
    /// <summary>The heads of citizens' feedback, in the order in which an example gives them.</summary>
    public static IReadOnlyList<string> FeedbackNames { get; } = ["category", "level", "urgency"];

    /// <summary>The number of a label, or −1 where the head does not know it.</summary>
    public int IndexOf(string? label)
    {
        for (int i = 0; label is not null && i < Labels.Count; i++)
        {
            if (Labels[i] == label)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The heads that examples have labels for, named as <see cref="FeedbackNames"/>.</summary>
    /// <exception cref="ArgumentException">No head has at least two labels.</exception>
    public static IReadOnlyList<Head> Of(IEnumerable<Example> examples)
    {
        List<SortedSet<string>> labels = [];
        foreach (Example example in examples)
        {
            for (int h = 0; h < example.Labels.Count; h++)
            {
                if (labels.Count <= h)
                {
                    labels.Add(new(StringComparer.Ordinal));
                }
                if (example.Labels[h] is { } label)
                {
                    labels[h].Add(label);
                }
            }
        }
        if (!labels.Exists(l => l.Count > 1))
        {
            throw new ArgumentException("A model needs examples of at least two labels in one column.", nameof(examples));
        }
        if (labels.FindIndex(l => l.Count == 0) is >= 0 and var empty)
        {
            throw new ArgumentException($"Column {empty + 1} has no label at all; leave it out or fill it.", nameof(examples));
        }
        return [.. labels.Select((l, h) => new Head(h < FeedbackNames.Count ? FeedbackNames[h] : $"head{h + 1}", [.. l]))];
    }
}
