using System.Globalization;
using System.Net;
using System.Text;

namespace CityTwin.Simulation.Reports;

/// <summary>One HTML file that needs nothing else: styles and charts are inside, no script, no network.</summary>
internal sealed class ReportPage
{
    private readonly StringBuilder _html = new();

    public ReportPage(string title)
    {
        _html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append($"<title>{Text(title)}</title><style>{ReportStyle.Text}</style></head><body><h1>{Text(title)}</h1>");
    }

    public ReportPage Add(string html)
    {
        _html.Append(html);
        return this;
    }

    public ReportPage Lead(string text) => text.Length == 0 ? this : Add($"<p class=\"lead\">{Text(text)}</p>");

    public ReportPage Heading(string title) => Add($"<h2>{Text(title)}</h2>");

    /// <summary>A chart, drawn once for a screen and once for a phone, of which each shows its own; nothing where the chart is empty.</summary>
    public ReportPage Figure(Func<Sheet, string> chart, string caption) => chart(Sheet.Screen) is { Length: > 0 } wide
        ? Add($"<figure><div class=\"screen\">{wide}</div><div class=\"phone\">{chart(Sheet.Phone)}</div><figcaption>{caption}</figcaption></figure>")
        : this;

    public ReportPage Details(string summary, string html) => Add($"<details><summary>{Text(summary)}</summary>{html}</details>");

    /// <summary>A figure large enough to be read first.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">As text.</param>
    /// <param name="was">What it is compared with, or nothing.</param>
    /// <param name="note">A line below, HTML.</param>
    public static string Card(string name, string value, string was, string note) =>
        $"<div class=\"card\"><h3>{Text(name)}</h3><b>{Text(value)}</b>{(was.Length == 0 ? "" : $" <span class=\"was\">{Text(was)}</span>")}<p>{note}</p></div>";

    public string Close(string footer) => _html.Append($"<footer>{Text(footer)}</footer></body></html>\n").ToString();

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with as many places as it bears.</summary>
    public static string Number(double value)
    {
        string format = Math.Abs(value) >= 1000 ? "N0" : Math.Abs(value) >= 10 ? "0.0" : "0.00";
        return (value is > -0.005 and < 0 ? 0 : value).ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
    }
}
