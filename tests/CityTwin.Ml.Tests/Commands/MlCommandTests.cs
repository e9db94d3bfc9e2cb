using CityTwin.Ml.Commands;

namespace CityTwin.Ml.Tests.Commands;

public sealed class MlCommandTests
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

    [Fact]
    public void What_is_wrong_with_the_input_gives_code_1_and_wrong_words_code_2()
    {
        Assert.Equal(1, MlCommand.Run(["train", "/nowhere/train.tsv"]));
        Assert.Equal(1, MlCommand.Run(["evaluate", "-m", "/nowhere/x.model"]));
        Assert.Equal(2, MlCommand.Run(["train", "a.tsv", "--risk", "much"]));
        Assert.Equal(2, MlCommand.Run(["fly"]));
    }
}
