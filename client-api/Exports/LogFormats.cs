using CityTwin.Silo.Exports;

namespace CityTwin.ClientApi.Exports;

/// <summary>The forms of event logs as they are named, served and saved.</summary>
internal static class LogFormats
{
    private static readonly (string Word, LogFormat Format, string ContentType, string Ending)[] All =
    [
        ("ocel", LogFormat.Ocel, "application/json", "jsonocel"),
        ("ocel-sqlite", LogFormat.OcelSqlite, "application/vnd.sqlite3", "sqlite"),
        ("xes", LogFormat.Xes, "application/xml", "xes"),
    ];

    /// <summary>The words, with commas between.</summary>
    public static string Words => string.Join(", ", All.Select(a => a.Word));

    /// <summary>The words.</summary>
    public static string[] List => [.. All.Select(a => a.Word)];

    /// <summary>The form of a word.</summary>
    public static bool TryParse(string word, out LogFormat format)
    {
        int at = Array.FindIndex(All, a => a.Word == word);
        format = at < 0 ? default : All[at].Format;
        return at >= 0;
    }

    /// <summary>The content type of a form, and the ending of its file's name.</summary>
    public static (string ContentType, string Ending) Of(LogFormat format)
    {
        (_, _, string type, string ending) = All.First(a => a.Format == format);
        return (type, ending);
    }
}
