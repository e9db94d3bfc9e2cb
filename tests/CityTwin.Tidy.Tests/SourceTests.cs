using System.Text.RegularExpressions;

namespace CityTwin.Tidy.Tests;

public partial class SourceTests
{
    private const int LinesMax = 400;
    private const int MedianMax = 100;
    private const int ProgramLinesMax = 40;

    private static readonly string[] ProductFolders = ["grains", "silo", "client-api", "ml", "simulation"];

    private static IEnumerable<string> Product => ProductFolders.SelectMany(f => Repository.Files(f, "*.cs"));

    private static IEnumerable<string> All => Product.Concat(Repository.Files("tests", "*.cs"));

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.DoesNotContain(All.Select(f => (f, Lines: Repository.Lines(f).Length)), x => x.Lines > LinesMax);

    [Fact]
    public void Half_of_the_product_files_are_shorter_than_100_lines()
    {
        int[] lengths = [.. Product.Select(f => Repository.Lines(f).Length).Order()];

        Assert.InRange(lengths[lengths.Length / 2], 1, MedianMax);
    }

    [Fact]
    public void Programs_compose_and_do_nothing_else() =>
        Assert.All(Product.Where(f => Path.GetFileName(f) == "Program.cs"), f => Assert.InRange(Repository.Lines(f).Length, 1, ProgramLinesMax - 1));

    [Fact]
    public void Pure_code_reads_no_clock_and_draws_no_random_number() =>
        Assert.Empty(Matches(Repository.Files("grains", "*.cs").Where(f => !f.StartsWith("grains/orleans", StringComparison.Ordinal))
            .Concat(Repository.Files("simulation/core", "*.cs")), ClockOrChance()));

    [Fact]
    public void Nothing_is_left_open_in_code() => Assert.Empty(Matches(Product, LeftOpen()));

    [Fact]
    public void No_test_sleeps() => Assert.Empty(Matches(Repository.Files("tests", "*.cs"), Sleep()));

    [Fact]
    public void No_file_has_regions() => Assert.Empty(Matches(Product, Region()));

    [Fact]
    public void No_type_is_named_after_nothing() => Assert.Empty(Matches(Product, EmptyName()));

    private static IEnumerable<string> Matches(IEnumerable<string> files, Regex pattern) =>
        from file in files
        where Path.GetFileName(file) != "SourceTests.cs"
        from numbered in Repository.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(numbered.Text)
        select $"{file}:{numbered.Number}: {numbered.Text.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bnew Random\(|\bRandom\.Shared\b|\bStopwatch\.")]
    private static partial Regex ClockOrChance();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"^\s*#region")]
    private static partial Regex Region();

    [GeneratedRegex(@"\b(class|record|struct|interface) \w*(Manager|Helper|Util|Utils|Processor)\b")]
    private static partial Regex EmptyName();
}
