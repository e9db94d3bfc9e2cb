using System.Globalization;
using System.Text;

namespace CityTwin.Simulation.Logs;

/// <summary>Which column of a table means what; null: the log has no such column.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="Activity">What happened.</param>
/// <param name="Time">When: ISO 8601, or what .NET reads without culture.</param>
/// <param name="Resource">Who.</param>
/// <param name="Office">Where.</param>
/// <param name="Deadline">The case's deadline.</param>
/// <param name="Lifecycle">start or complete.</param>
public sealed record CsvMapping(
    string Case = "case:concept:name", string Activity = "concept:name", string Time = "time:timestamp", string? Resource = "org:resource",
    string? Office = null, string? Deadline = null, string? Lifecycle = "lifecycle:transition")
{
    /// <summary>Reads <c>case=id,activity=step,time=at,office=dept,deadline=due</c>; what is not named keeps its default.</summary>
    /// <exception cref="FormatException">An unknown role.</exception>
    public static CsvMapping Parse(string text)
    {
        CsvMapping mapping = new();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            string column = pair.Length == 2 ? pair[1].Trim() : throw new FormatException($"'{part}': expected role=column");
            mapping = pair[0].Trim() switch
            {
                "case" => mapping with { Case = column },
                "activity" => mapping with { Activity = column },
                "time" => mapping with { Time = column },
                "resource" => mapping with { Resource = column },
                "office" => mapping with { Office = column },
                "deadline" => mapping with { Deadline = column },
                "lifecycle" => mapping with { Lifecycle = column },
                _ => throw new FormatException($"'{pair[0]}': expected case, activity, time, resource, office, deadline or lifecycle"),
            };
        }
        return mapping;
    }
}

/// <summary>Reads an event log from CSV (RFC 4180).</summary>
public static class CsvLog
{
    /// <summary>Reads a log.</summary>
    /// <exception cref="FormatException">With the line, and the column where there is one.</exception>
    public static EventLog Read(TextReader reader, CsvMapping mapping)
    {
        int line = 1;
        List<string> header = NextRow(reader, ref line) ?? throw new FormatException("1:1: the file is empty");
        header[0] = header[0].TrimStart('\uFEFF');
        int Find(string? column, bool isNeeded)
        {
            int place = column is null ? -1 : header.IndexOf(column);
            return place >= 0 || !isNeeded ? place
                : throw new FormatException($"1:1: no column '{column}'; the file has {string.Join(", ", header)}");
        }
        int caseAt = Find(mapping.Case, true);
        int activityAt = Find(mapping.Activity, true);
        int timeAt = Find(mapping.Time, true);
        int resourceAt = Find(mapping.Resource, false);
        int officeAt = Find(mapping.Office, mapping.Office is not null);
        int deadlineAt = Find(mapping.Deadline, mapping.Deadline is not null);
        int lifecycleAt = Find(mapping.Lifecycle, false);
        List<(string, LoggedEvent, string, DateTimeOffset?)> events = [];
        int rowLine = line;
        while (NextRow(reader, ref line) is { } row)
        {
            if (row.Count != header.Count)
            {
                throw new FormatException($"{rowLine}:1: {row.Count} cells, expected {header.Count}");
            }
            string At(int place) => place < 0 ? "" : row[place];
            DateTimeOffset? due = At(deadlineAt).Length > 0 ? Time(At(deadlineAt), rowLine, deadlineAt) : null;
            bool isStart = At(lifecycleAt).Equals("start", StringComparison.OrdinalIgnoreCase);
            events.Add((At(caseAt), new LoggedEvent(At(activityAt), Time(At(timeAt), rowLine, timeAt), At(resourceAt), isStart), At(officeAt), due));
            rowLine = line;
        }
        return EventLog.Of(events);
    }

    private static DateTimeOffset Time(string text, int line, int column) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : throw new FormatException($"{line}: cell {column + 1}: '{text}' is no time");

    private static List<string>? NextRow(TextReader reader, ref int line)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        while (true)
        {
            int c = reader.Read();
            if (c < 0 || (c == '\n' && !quoted))
            {
                line++;
                cells.Add(cell.ToString().TrimEnd('\r'));
                return cells;
            }
            if (c == '"')
            {
                // A doubled quotation mark inside quotation marks stands for one.
                if (quoted && reader.Peek() == '"')
                {
                    cell.Append((char)reader.Read());
                    continue;
                }
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                line += c == '\n' ? 1 : 0;
                cell.Append((char)c);
            }
        }
    }
}
