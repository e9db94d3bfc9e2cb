using CityTwin.Ml.Commands;
using CityTwin.Ml.Seed;
using CityTwin.Ml.Tests.Classification;

namespace CityTwin.Ml.Tests.Commands;

public sealed class MlCommandTests(ITestOutputHelper output)
{
    [Fact]
    public void Training_evaluating_predicting_and_explaining_go_through()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string train = Path.Combine(folder, "train.tsv");
        string model = Path.Combine(folder, "x.model");
        string page = Path.Combine(folder, "page.html");
        File.WriteAllLines(train, Enumerable.Range(0, 30).SelectMany(i => (string[])[$"noise\tkaraoke ồn số {i}", $"waste\trác hôi số {i}"]));
        Assert.Equal(0, MlCommand.Run(["train", train, "-o", model]));
        Assert.Equal(0, MlCommand.Run(["evaluate", train, "-m", model, "--html", page]));
        Assert.Equal(0, MlCommand.Run(["predict", "rac hoi qua", "-m", model]));
        Assert.Equal(0, MlCommand.Run(["explain", "rac hoi qua", "-m", model]));
        string html = File.ReadAllText(page);
        Assert.Contains("What was taken for what", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("train nowhere.tsv", 1, "there is no file")]
    [InlineData("train empty.tsv", 1, "empty.tsv: no examples")]
    [InlineData("train one.tsv", 1, "at least two labels")]
    [InlineData("train three.tsv", 1, "three.tsv(1): 3 columns")]
    [InlineData("train good.tsv four.tsv", 1, "1 and 3 columns of labels")]
    [InlineData("train good.tsv -v four.tsv", 1, "--validation: 3 columns of labels")]
    [InlineData("train good.tsv --calibration four.tsv", 1, "--calibration: 3 columns of labels")]
    [InlineData("train good.tsv -o nowhere/x.model", 1, "--output: there is no folder")]
    [InlineData("train good.tsv -o .", 1, "is a folder; a file is needed")]
    [InlineData("train good.tsv --running good.tsv --held-back good.tsv", 1, "good.tsv: Not a CityTwin model file")]
    [InlineData("train good.tsv --running x.model", 2, "--running and --held-back need each other")]
    [InlineData("train good.tsv --risk 2", 2, "--risk: expected more than 0 and less than 1")]
    [InlineData("train good.tsv --risk much", 2, "--risk: expected more than 0 and less than 1")]
    [InlineData("evaluate -m nowhere.model", 1, "there is no file")]
    [InlineData("evaluate -m empty.tsv", 1, "empty.tsv: Not a CityTwin model file")]
    [InlineData("evaluate -m damaged.model", 1, "damaged.model: The model file is damaged")]
    [InlineData("evaluate -m later.model", 1, "this program reads versions 1 to 3")]
    [InlineData("evaluate good.tsv", 1, "no label is one that")]
    [InlineData("evaluate good.tsv --html nowhere/page.html", 1, "--html: there is no folder")]
    [InlineData("predict rác -m good.tsv", 1, "good.tsv: Not a CityTwin model file")]
    [InlineData("explain rác -m nowhere/x.model", 1, "there is no")]
    [InlineData("explain rác -n 0", 2, "--count: expected 1 to 1000")]
    [InlineData("fly", 2, "fly")]
    public void What_is_wrong_with_the_input_is_said_in_one_plain_sentence(string words, int code, string said)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "empty.tsv"), "");
        File.WriteAllText(Path.Combine(folder, "one.tsv"), "noise\tồn quá\nnoise\tồn lắm\n");
        File.WriteAllText(Path.Combine(folder, "three.tsv"), "noise\tcity\tồn quá\n");
        File.WriteAllText(Path.Combine(folder, "four.tsv"), "noise\tcity\tnormal\tồn quá\n");
        File.WriteAllText(Path.Combine(folder, "good.tsv"), "loud\tồn quá\ndirty\trác quá\n");
        byte[] model = FeedbackTrainerTests.Bytes(SeedModel.Load());
        File.WriteAllBytes(Path.Combine(folder, "damaged.model"), [.. model[..5000], .. model[5001..], 0]);
        model[4] = 99;
        File.WriteAllBytes(Path.Combine(folder, "later.model"), model);
        string[] args = [.. words.Split(' ').Select(w => w is "." || w.Contains(".tsv") || w.Contains(".model") || w.Contains(".html") ? Path.Combine(folder, w) : w)];
        using StringWriter error = new();
        Assert.Equal(code, MlCommand.Run(args, error));
        string line = error.ToString().Trim();
        output.WriteLine(line);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        if (code == 1)
        {
            Assert.Single(line.Split('\n'));
        }
        Directory.Delete(folder, recursive: true);
    }
}
