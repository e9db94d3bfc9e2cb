using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Tests.Classification;

public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const int Seed = 20260;

    [Fact]
    public void The_temperature_that_made_scores_too_sure_is_found_again()
    {
        Random random = Drawn();
        const int Count = 20_000;
        float[] scores = new float[Count * 4];
        int[] truth = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            Span<float> row = scores.AsSpan(i * 4, 3);
            for (int c = 0; c < 3; c++)
            {
                row[c] = (float)(random.NextDouble() * 4);
            }
            truth[i] = Draw(row, random);
            for (int c = 0; c < 3; c++)
            {
                row[c] *= 2.5f;
            }
        }
        Assert.InRange(Temperature.Fit(scores, 4, truth, 3), 2.35f, 2.65f);
    }

    [Fact]
    public void Among_the_answered_the_risk_target_is_missed_no_oftener_than_the_doubt_allows()
    {
        Random random = Drawn();
        int missed = 0;
        const int Runs = 300;
        for (int run = 0; run < Runs; run++)
        {
            float threshold = RiskControl.Threshold(Texts(random, 800), 0.05, 0.1);
            // A text of confidence p is right with probability p: above t the true risk is the mean of 1 − p there.
            double risk = threshold > 1 ? 0 : (1 - threshold) / 2;
            missed += risk > 0.05 ? 1 : 0;
        }
        output.WriteLine($"missed in {missed} of {Runs}");
        Assert.True(missed <= 0.15 * Runs);
    }

    [Fact]
    public void Where_nothing_is_sure_enough_everything_goes_to_a_person() =>
        Assert.True(RiskControl.Threshold(Enumerable.Range(0, 500).Select(i => (0.6f + (i * 1e-4f), i % 2 == 0)), 0.05, 0.1) > 1);

    [Fact]
    public void Measures_of_a_small_confusion_are_as_by_hand()
    {
        Confusion confusion = new([[8, 2], [1, 4]]);
        Assert.Equal(12 / 15.0, confusion.Accuracy, 12);
        Assert.Equal(8 / 9.0, confusion.Precision(0), 12);
        Assert.Equal(0.8, confusion.Recall(0), 12);
        Assert.Equal(((16 / 19.0) + (8 / 11.0)) / 2, confusion.MacroF1, 12);
    }

    private static (float, bool)[] Texts(Random random, int count) => Enumerable.Range(0, count).Select(_ =>
    {
        float confidence = (float)random.NextDouble();
        return (confidence, random.NextDouble() < confidence);
    }).ToArray();

    private static int Draw(ReadOnlySpan<float> scores, Random random)
    {
        double sum = 0;
        foreach (float s in scores)
        {
            sum += Math.Exp(s);
        }
        double left = random.NextDouble() * sum;
        int c = 0;
        while (c < scores.Length - 1 && (left -= Math.Exp(scores[c])) > 0)
        {
            c++;
        }
        return c;
    }

    private Random Drawn()
    {
        output.WriteLine($"seed {Seed}");
        return new Random(Seed);
    }
}
