using System.Text.RegularExpressions;

namespace CityTwin.Tidy.Tests;

/// <summary>What the pages tell people to type is there: the options of each program, as its source declares them.</summary>
public partial class PageCommandTests
{
    // A program, as it is called in the pages, and the folders whose sources declare its options.
    private static readonly (string Call, string[] Folders)[] Programs =
    [
        (@"citytwin-node|--project silo/cluster --|^\s*node(?=\s)", ["silo/cluster", "client-api/Readings"]),
        (@"citytwin(?=\s)(?!-)|--project client-api --", ["client-api"]),
        (@"\bsimulation(?=\s+(drive|whatif|sweep|compare|calibrate|backtest))|--project simulation --", ["simulation"]),
        (@"^\s*ml(?=\s)|--project ml --", ["ml"]),
        (@"--project tests/CityTwin\.Benchmarks --", ["tests/CityTwin.Benchmarks"]),
        (@"--project tests/CityTwin\.Faults --", ["tests/CityTwin.Faults"]),
    ];

    [Fact]
    public void Every_option_in_a_block_of_a_page_is_one_of_its_program()
    {
        Dictionary<string, HashSet<string>> known = Programs.ToDictionary(p => p.Call, p => OptionsIn(p.Folders));
        string[] unknown = [..
            from page in Repository.Files(".", "*.md")
            from line in CommandLines(page)
            let program = Programs.FirstOrDefault(p => Regex.IsMatch(line, p.Call))
            where program.Call is not null
            let words = line[Regex.Match(line, program.Call).Index..]
            from Match option in Option().Matches(words[Regex.Match(words, program.Call).Length..])
            where !known[program.Call].Contains(option.Value)
            select $"{page}: {option.Value} in '{line.Trim()}'"];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_option_that_serve_takes_is_on_the_page_for_operators()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));
        string[] missing = [.. OptionsIn(["client-api/Hosting/ServeCommand.cs", "client-api/Readings/ReadingOptions.cs"])
            .Where(o => o != "--help" && !page.Contains($"`{o}`", StringComparison.Ordinal))];

        Assert.Empty(missing);
    }

    [Fact]
    public void Links_to_a_heading_lead_to_one()
    {
        string[] broken = [..
            from page in Repository.Files(".", "*.md")
            from Match link in HeadingLink().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            let target = link.Groups[1].Value.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)
            where !target.Contains("://", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, target)) && target.EndsWith(".md", StringComparison.Ordinal)
            where !Repository.Lines(target).Where(l => l.StartsWith('#')).Select(Anchor).Contains(link.Groups[2].Value)
            select $"{page}: {link.Value}"];

        Assert.Empty(broken);
    }

    // Lines of fenced and indented blocks, those that end in a backslash put together with the next.
    private static IEnumerable<string> CommandLines(string page)
    {
        bool isFenced = false;
        string begun = "";
        foreach (string line in Repository.Lines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }
            else if (isFenced || line.StartsWith("    ", StringComparison.Ordinal))
            {
                string text = begun + line.Split(" # ")[0];
                begun = text.EndsWith('\\') ? text[..^1] : "";
                if (begun.Length == 0)
                {
                    yield return text;
                }
            }
        }
    }

    private static HashSet<string> OptionsIn(IEnumerable<string> places) =>
    [
        "--help",
        .. from place in places
           from file in place.EndsWith(".cs", StringComparison.Ordinal) ? [place] : Repository.Files(place, "*.cs")
           from Match option in Declared().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
           select option.Groups[1].Value,
    ];

    // As GitHub makes them: small letters, blanks to hyphens, other marks left out.
    private static string Anchor(string heading) =>
        new([.. heading.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"(?<![\w-])--[a-zA-Z][\w-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"""(--[a-zA-Z][\w-]*)""")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\]\(([^)\s#]*)#([^)\s]+)\)")]
    private static partial Regex HeadingLink();
}
