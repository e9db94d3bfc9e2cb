namespace CityTwin.Ml.Classification.Phrases;

/// <summary>What a model keeps of its phrase networks.</summary>
/// <param name="Written">Hashes of words as written.</param>
/// <param name="PlainOfWritten">For each of them the hash of the word without diacritics.</param>
/// <param name="Plain">Hashes of words without diacritics.</param>
/// <param name="Nets">The networks; all over the same words.</param>
internal sealed record PhraseWeights(ulong[] Written, ulong[] PlainOfWritten, ulong[] Plain, IReadOnlyList<PhraseWeights.Net> Nets)
{
    /// <summary>One network, as <see cref="PhraseNet"/> has it.</summary>
    /// <param name="Rows">Those of <see cref="Written"/>, then those of <see cref="Plain"/>; rounded to 16 bits.</param>
    /// <param name="Filters">Floats of <see cref="PhraseNet.Filters"/>.</param>
    /// <param name="FilterBiases">Floats of <see cref="PhraseNet.FilterBiases"/>.</param>
    /// <param name="Outputs">Scores of an excitement of 1, the model's labels a filter.</param>
    /// <param name="OutputBiases">What is added to each label's score.</param>
    internal sealed record Net(Half[] Rows, float[] Filters, float[] FilterBiases, float[] Outputs, float[] OutputBiases);

    /// <summary>Takes trained networks over, each for its part of the mean.</summary>
    internal static PhraseWeights Of(PhraseVocabulary vocabulary, IReadOnlyList<PhraseNet> nets) => new(
        vocabulary.Written, vocabulary.PlainOfWritten, vocabulary.Plain, [.. nets.Select(net => new Net(
            [.. net.Rows.Values.Select(v => (Half)v)], net.Filters.Values, net.FilterBiases.Values,
            [.. net.Outputs.Values.Select(v => v / nets.Count)], [.. net.OutputBiases.Values.Select(v => v / nets.Count)]))]);
}
