using CityTwin.Ml.Classification;

namespace CityTwin.Ml.Tests.Classification;

public sealed class LabelledTextFileTests
{
    [Fact]
    public void Two_and_four_columns_are_read_and_remarks_group()
    {
        IReadOnlyList<Example> examples = Read("# head\n# one\nnoise\tcommune\t\tồn quá\nnoise\tcity\thigh\tồn\n# two\nother\tcity\thigh\tgì\n");
        Assert.Equal(["noise", "commune", null], examples[0].Labels);
        Assert.Equal(examples[0].Group, examples[1].Group);
        Assert.NotEqual(examples[1].Group, examples[2].Group);
        Assert.Equal("ồn", Read("a\tồn\n")[0].Text);
    }

    [Theory]
    [InlineData("a\tb\nno tab here\n", "x.tsv(2): 1 columns")]
    [InlineData("a\tb\nc\td\te\tf\n", "x.tsv(2): 4 columns where the lines above have 2")]
    [InlineData("a\t \n", "x.tsv(1): a text of 0 characters")]
    [InlineData("# nothing\n", "x.tsv: no examples")]
    public void A_line_of_another_shape_is_refused_with_its_place(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, [(byte)'a', 9, (byte)'b', 10, (byte)'a', 9, 0xFF, 0xFE, 10]);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => LabelledTextFile.Read(path));
        File.Delete(path);
        Assert.Contains("not UTF-8", refused.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Example> Read(string text) => LabelledTextFile.Read(new StringReader(text), "x.tsv");
}
