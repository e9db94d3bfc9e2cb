using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Training;
using CityTwin.Ml.Seed;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Classification;

public sealed class PhraseTests
{
    // The same words in another order: what a sum over words can't tell apart.
    private static readonly Example[] Order = [.. Enumerable.Range(0, 240).Select(i => new Example(
        $"{Filler(i)} {(i % 2 == 0 ? "mèo đuổi chuột" : "chuột đuổi mèo")} {Filler(i / 7)}", [i % 2 == 0 ? "cat" : "mouse"], $"g{i}"))];

    private static readonly TrainingOptions Quick = new() { Candidates = [FeatureSettings.Candidates[0]], PhraseNetworks = 1 };
    private static readonly LabelledTexts Texts = new(Order, [], 1);
    private static readonly IReadOnlyList<Head> Heads = Head.Of(Order);

    [Fact]
    public void A_network_learns_which_word_comes_first()
    {
        (PhraseVocabulary vocabulary, PhraseNet net) = Learnt();
        float[] all = [.. Enumerable.Repeat(1f, PhraseNet.FilterCount)];
        PhraseNet.Room room = new();
        float[] scores = new float[2];
        int right = 0;
        for (int i = 200; i < Order.Length; i++)
        {
            net.Read(vocabulary.RowsOf(Texts.Written[i], PhraseNet.WordsMax), room);
            net.Score(room, all, scores);
            right += (scores[0] > scores[1]) == (i % 2 == 0) ? 1 : 0;
        }
        Assert.Equal(40, right);
    }

    [Fact]
    public void Multiplied_out_a_network_gives_the_scores_it_gave_in_training()
    {
        (PhraseVocabulary vocabulary, PhraseNet net) = Learnt();
        PhraseScorer scorer = new(PhraseWeights.Of(vocabulary, [net, net]), 2, 8);
        float[] all = [.. Enumerable.Repeat(1f, PhraseNet.FilterCount)];
        PhraseNet.Room room = new();
        float[] expected = new float[2];
        float[] scores = new float[8];
        float[] buffer = new float[scorer.RoomLength];
        for (int i = 0; i < 20; i++)
        {
            net.Read(vocabulary.RowsOf(Texts.Written[i], PhraseNet.WordsMax), room);
            net.Score(room, all, expected);
            PhraseScorer.Reading reading = scorer.Begin(buffer);
            foreach ((ulong hash, ulong plain) in Words(Order[i].Text))
            {
                reading.Next(hash, plain);
            }
            reading.End(scores);
            Assert.Equal(expected[0], scores[0], 0.02f);
            Assert.Equal(expected[1], scores[1], 0.02f);
        }
    }

    [Fact]
    public void The_reasons_are_the_words_of_the_phrase()
    {
        (PhraseVocabulary vocabulary, PhraseNet net) = Learnt();
        PhraseScorer scorer = new(PhraseWeights.Of(vocabulary, [net]), 2, 8);
        (ulong, ulong)[] words = [.. Words("hôm nay trời đẹp mèo đuổi chuột quanh sân")];
        float[] parts = PhraseReasons.Of(scorer, words, 0, 2, 0);
        Assert.True(parts[4..7].Sum() > parts[..4].Sum() + parts[7..].Sum());
        Assert.Equal(words.Length, parts.Length);
    }

    [Fact]
    public void A_file_from_before_there_were_networks_or_a_restorer_is_read_without_them()
    {
        byte[] bytes = FeedbackTrainerTests.Bytes(SeedModel.Load());
        Assert.Equal(3, bytes[4]);
        foreach (byte version in (byte[])[1, 2])
        {
            bytes[4] = version;
            FeedbackModel before = FeedbackModel.Load(new MemoryStream(bytes));
            Assert.Equal(version == 2, before.Scorer.Phrases is not null);
            Assert.Null(before.Scorer.Restorer);
            Assert.Equal(1, before.Predict(Order[0].Text).Answers[0].Probabilities.ToArray().Sum(), 1e-5f);
        }
    }

    [Fact]
    public void Texts_written_apart_say_how_sure_a_model_may_be()
    {
        Example[] swapped = [.. Order[..60].Select((e, i) => i % 3 == 0 ? e with { Labels = [e.Labels[0] == "cat" ? "mouse" : "cat"] } : e)];
        FeedbackModel sure = FeedbackTrainer.Train(Order, [], Quick);
        FeedbackModel warned = FeedbackTrainer.Train(Order, [], Quick with { Calibration = swapped });
        Assert.True(sure.Predict(Order[0].Text).Answers[0].Probability > 0.9);
        Assert.InRange(warned.Predict(Order[0].Text).Answers[0].Probability, 0.55f, 0.8f);
        Assert.True(warned.Predict(Order[0].Text).Answers[0].Abstains);
        FeedbackModel few = FeedbackTrainer.Train(Order, [], Quick with { Calibration = swapped[..20] });
        Assert.Equal(sure.Card.Calibrations, few.Card.Calibrations);
    }

    private static (PhraseVocabulary, PhraseNet) Learnt()
    {
        int[] learnt = [.. Enumerable.Range(0, 200)];
        PhraseVocabulary vocabulary = new(Texts.Corpus, learnt.SelectMany(i => new[] { Texts.Written[i], Texts.Bare[i] }));
        return (vocabulary, PhraseTraining.Run(Texts, vocabulary, Heads, learnt, 7));
    }

    private static string Filler(int i) => (i % 5) switch { 0 => "sáng nay", 1 => "trong vườn", 2 => "hình như", 3 => "ngoài sân", _ => "lâu lâu" };

    private static List<(ulong, ulong)> Words(string text)
    {
        TokenReader reader = new(text, new char[TokenReader.WordLengthMax]);
        List<(ulong, ulong)> words = [];
        while (reader.MoveNext())
        {
            words.Add((reader.Hash, reader.PlainHash));
        }
        return words;
    }
}
