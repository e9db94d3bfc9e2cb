using System.Text.RegularExpressions;

namespace CityTwin.Tidy.Tests;

public partial class WordsTests
{
    private static readonly string[] Kinds = ["*.cs", "*.md", "*.csproj", "*.props", "*.ts", "*.tsx", "*.mjs", "*.html", "*.css", "*.json", "*.yaml", "*.yml", "*.csv", "*.sh", "*.sql", ".npmrc", "run"];

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        string[] broken = [..
            from page in Repository.Files(".", "*.md")
            from Match link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{page}: {target}"];

        Assert.Empty(broken);
    }

    [Fact]
    public void No_file_names_a_registry_host_or_a_machine()
    {
        string[] found = [..
            from kind in Kinds
            from file in Repository.Files(".", kind)
            where Path.GetFileName(file) != "WordsTests.cs"
            from line in Repository.Lines(file)
            where Machine().IsMatch(line)
            select $"{file}: {line.Trim()}"];

        Assert.Empty(found);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"registry\.npmjs|api\.nuget\.org|deb\.debian\.org|/work/|/root/")]
    private static partial Regex Machine();
}
