using System.Security.Cryptography;
using System.Text;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Seed;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Seed;

public sealed class SeedModelTests(ITestOutputHelper output)
{
    private static readonly string[] Categories =
    [
        "flood-storm", "food-safety", "illegal-construction", "noise", "other", "public-administration", "public-transport",
        "roads-drainage", "security", "street-lighting", "traffic-parking", "trees-parks", "urban-order", "utilities", "waste-environment",
    ];

    [Fact]
    public void The_bundled_model_was_made_from_the_bundled_texts()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Example example in SeedTexts.Train())
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{string.Join('\t', example.Labels)}\t{example.Text}\n"));
        }
        string fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        Assert.Equal(fingerprint, SeedModel.Load().Card.TrainingFingerprint);
        // The name also tells the way of learning and the calibration set.
        Assert.Equal(FeedbackTrainer.NameOf(fingerprint, new() { Calibration = SeedTexts.Calibration() }), SeedModel.Load().Card.Name);
    }

    [Fact]
    public void Categories_levels_and_urgencies_are_those_of_the_city()
    {
        IReadOnlyList<Head> heads = SeedModel.Load().Heads;
        Assert.Equal(Categories, heads[0].Labels);
        Assert.Equal(["city", "commune"], heads[1].Labels);
        Assert.Equal(["high", "immediate", "normal"], heads[2].Labels);
    }

    [Fact]
    public void The_sets_are_as_large_as_documented_and_share_no_text()
    {
        IReadOnlyList<Example> train = SeedTexts.Train();
        IReadOnlyList<Example> test = SeedTexts.Test();
        Assert.True(train.Count >= 1500);
        Assert.True(test.Count >= 200);
        Assert.Empty(SeedTexts.Calibration().Select(e => e.Text).Intersect(train.Concat(test).Select(e => e.Text)));
        Assert.All(Categories, c => Assert.Equal(20, SeedTexts.Calibration().Count(e => e.Labels[0] == c)));
        Assert.Empty(train.Select(e => Diacritics.Strip(e.Text)).Intersect(test.Select(e => Diacritics.Strip(e.Text)), StringComparer.OrdinalIgnoreCase));
        Assert.All(Categories, c => Assert.True(train.Count(e => e.Labels[0] == c) >= 80 && test.Count(e => e.Labels[0] == c) >= 14));
    }

    [Fact]
    public void On_messages_written_apart_it_does_what_the_docs_say()
    {
        HeadSummary[] written = [.. HeadEvaluation.Of(SeedModel.Load(), SeedTexts.Test()).Select(e => e.Summary)];
        foreach (HeadSummary head in written)
        {
            output.WriteLine($"{head.Head}: {head.Accuracy:P1}, macro-F1 {head.MacroF1:P1}, answered {head.Coverage:P1} at {head.AnsweredAccuracy:P1}");
        }
        HeadSummary bare = HeadEvaluation.Of(
            SeedModel.Load(), [.. SeedTexts.Test().Select(e => e with { Text = Diacritics.Strip(e.Text) })])[0].Summary;
        Assert.True(written[0].Accuracy >= 0.84 && written[0].AnsweredAccuracy >= 0.95 && written[0].Coverage >= 0.3);
        Assert.True(written[0].CalibrationError <= 0.08 && bare.CalibrationError <= 0.08);
        Assert.True(bare.Accuracy >= written[0].Accuracy - 0.04 && bare.AnsweredAccuracy >= 0.95 && bare.Coverage >= 0.3);
        Assert.True(written[1].Accuracy >= 0.85);
        Assert.True(written[2].Accuracy >= 0.75);
    }

    [Theory]
    [InlineData("duong nguyen hue ngap nuoc qua xe chet may het")]
    [InlineData("duong Nguyễn Huệ ngap nuoc qua xe chet may het ca roi")]
    public void A_flooded_street_typed_bare_is_a_flood(string text)
    {
        Prediction prediction = SeedModel.Load().Predict(text);
        Assert.Equal("flood-storm", prediction["category"].Label);
        Assert.False(prediction["category"].Abstains);
    }
}
