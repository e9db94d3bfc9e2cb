namespace CityTwin.Ml.Classification;

/// <summary>What a model answered of one text. Made by <see cref="FeedbackModel.NewPrediction"/> and used again for the next text.</summary>
/// <remarks>Not thread-safe; keep one a thread.</remarks>
public sealed class Prediction
{
    internal Prediction(IReadOnlyList<Head> heads, int stride, int room)
    {
        Sums = new float[stride];
        Phrases = new float[stride];
        Room = new float[room];
        Answers = [.. heads.Select(h => new Answer(h))];
    }

    /// <summary>One answer a head, in the model's order.</summary>
    public IReadOnlyList<Answer> Answers { get; }

    /// <summary>How many words were read, teencode spelled out.</summary>
    public int WordsRead { get; internal set; }

    /// <summary>How many of them the model had seen in training; few means that its probabilities mean little.</summary>
    public int WordsKnown { get; internal set; }

    internal float[] Sums { get; }

    internal float[] Phrases { get; }

    internal float[] Room { get; }

    /// <summary>The answer of a head.</summary>
    /// <exception cref="ArgumentException">The model has no such head.</exception>
    public Answer this[string head] => Answers.FirstOrDefault(a => a.Head.Name == head)
        ?? throw new ArgumentException($"The model has no head '{head}'.", nameof(head));

    /// <summary>The answer of one head.</summary>
    public sealed class Answer
    {
        private readonly float[] probabilities;

        internal Answer(Head head)
        {
            Head = head;
            probabilities = new float[head.Labels.Count];
        }

        /// <summary>The question.</summary>
        public Head Head { get; }

        /// <summary>The most probable label.</summary>
        public string Label => Head.Labels[LabelNumber];

        /// <summary>Its number among the head's labels.</summary>
        public int LabelNumber { get; internal set; }

        /// <summary>Its probability, 0 to 1, temperature-scaled.</summary>
        public float Probability => probabilities[LabelNumber];

        /// <summary>Every label's probability, in the order of the head's labels; they add up to 1.</summary>
        public ReadOnlySpan<float> Probabilities => probabilities;

        /// <summary>Whether a person should answer: the probability is below what the risk target asks, or no word was known.</summary>
        public bool Abstains { get; internal set; }

        internal Span<float> Writable => probabilities;
    }
}
