namespace CityTwin.Ml.Classification.Phrases;

/// <summary>Takes the phrase networks' score of a label apart into what each word added to it.</summary>
/// <remarks>Exact but for what filters add by themselves: given where each filter was most excited, its excitement is a sum over three words.</remarks>
internal static class PhraseReasons
{
    /// <summary>What each word added to the score of a label over the mean of its head's labels.</summary>
    /// <param name="scorer">The networks.</param>
    /// <param name="words">The hashes of the words, as written and without diacritics, in the order of reading.</param>
    /// <param name="firstLabel">The head's first label among the model's.</param>
    /// <param name="labels">How many labels the head has.</param>
    /// <param name="label">The label, among the head's.</param>
    internal static float[] Of(PhraseScorer scorer, IReadOnlyList<(ulong Hash, ulong Plain)> words, int firstLabel, int labels, int label)
    {
        float[] weights = new float[words.Count];
        for (int f = 0; f < scorer.Filters; f++)
        {
            (int place, float most) = (-1, 0);
            for (int i = 0; i < words.Count; i++)
            {
                float excitement = scorer.BiasOf(f);
                for (int j = 0; j < PhraseNet.Width; j++)
                {
                    excitement += Part(scorer, words, i, j, f);
                }
                (place, most) = excitement > most ? (i, excitement) : (place, most);
            }
            for (int j = 0; place >= 0 && j < PhraseNet.Width; j++)
            {
                int word = place + j - 1;
                if (word >= 0 && word < words.Count)
                {
                    weights[word] += Part(scorer, words, place, j, f) * Lead(scorer.OutputsOf(f).Slice(firstLabel, labels), label);
                }
            }
        }
        return weights;
    }

    private static float Part(PhraseScorer scorer, IReadOnlyList<(ulong Hash, ulong Plain)> words, int middle, int place, int filter)
    {
        int word = middle + place - 1;
        return word < 0 || word >= words.Count ? 0 : scorer.RowOf(words[word].Hash, words[word].Plain)[(place * scorer.Filters) + filter];
    }

    private static float Lead(ReadOnlySpan<float> outputs, int label)
    {
        float mean = 0;
        foreach (float output in outputs)
        {
            mean += output / outputs.Length;
        }
        return outputs[label] - mean;
    }
}
