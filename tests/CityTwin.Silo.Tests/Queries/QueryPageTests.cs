using System.Text;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Tests.Queries;

/// <summary>The page on queries lists the table of attributes as the program has it. CITYTWIN_WRITE_DOCS=1 writes it.</summary>
public sealed class QueryPageTests
{
    private const string Mark = "<!-- attributes -->\n";

    [Fact]
    public void The_page_on_queries_has_every_attribute()
    {
        string path = Path.Combine(Root(), "docs", "query.md");
        string page = File.ReadAllText(path);
        int at = page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        if (Environment.GetEnvironmentVariable("CITYTWIN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page[..at] + Tables());
        }
        Assert.Equal(Tables(), File.ReadAllText(path)[at..]);
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (QuerySchema schema in QuerySchema.All)
        {
            text.Append('\n').Append($"### {schema.Type}\n\n{schema.Description}\n\n| attribute | type | shown | means |\n| --- | --- | --- | --- |\n");
            foreach (QueryAttribute a in schema.Attributes)
            {
                string type = a.Type.ToString().ToLowerInvariant() + (a.Unit.Length > 0 ? $", {a.Unit}" : "") + (a.IsIndexed ? ", indexed" : "");
                string words = a.Words.Count > 0 ? $" `{string.Join("`, `", a.Words)}`" : "";
                string aliases = a.Aliases.Count > 0 ? $" (also `{string.Join("`, `", a.Aliases)}`)" : "";
                text.Append($"| `{a.Name}`{aliases} | {type} | {(a.IsShown ? "yes" : "")} | {a.Description}{words} |\n");
            }
        }
        return text.ToString();
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CityTwin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder!;
    }
}
