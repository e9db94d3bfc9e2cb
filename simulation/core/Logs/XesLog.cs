using System.Globalization;
using System.Xml;

namespace CityTwin.Simulation.Logs;

/// <summary>Reads an event log from XES (IEEE 1849-2016).</summary>
/// <remarks>Of a trace: <c>concept:name</c>, and the attributes named for office and deadline. Of an event: <c>concept:name</c>, <c>time:timestamp</c>, <c>org:resource</c>, <c>org:group</c>, <c>lifecycle:transition</c>.</remarks>
public static class XesLog
{
    /// <summary>Reads a log.</summary>
    /// <param name="stream">The XML; no DTD is read.</param>
    /// <param name="office">The trace attribute that names the office; null: the group (<c>org:group</c>) of the first event that has one.</param>
    /// <param name="deadline">The trace attribute that holds the deadline; null: <c>due_at</c>, if there is one.</param>
    /// <exception cref="FormatException">With line and column.</exception>
    public static EventLog Read(Stream stream, string? office = null, string? deadline = null)
    {
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true });
        List<(string, LoggedEvent, string, DateTimeOffset?)> events = [];
        try
        {
            while (reader.ReadToFollowing("trace"))
            {
                ReadTrace(reader, office, deadline, events);
            }
        }
        catch (XmlException e)
        {
            throw new FormatException($"{e.LineNumber}:{e.LinePosition}: {e.Message}", e);
        }
        return EventLog.Of(events);
    }

    private static void ReadTrace(XmlReader reader, string? office, string? deadline, List<(string, LoggedEvent, string, DateTimeOffset?)> events)
    {
        Dictionary<string, string> trace = [];
        List<LoggedEvent> found = [];
        string group = "";
        string? due = null;
        using XmlReader inner = reader.ReadSubtree();
        inner.Read();
        while (inner.Read())
        {
            if (inner.NodeType != XmlNodeType.Element)
            {
                continue;
            }
            if (inner.LocalName == "event")
            {
                found.Add(ReadEvent(inner, deadline ?? "due_at", ref group, ref due));
            }
            else if (inner.GetAttribute("key") is { } key)
            {
                trace[key] = inner.GetAttribute("value") ?? "";
            }
        }
        string id = trace.GetValueOrDefault("concept:name", $"trace {events.Count}");
        // A deadline that an event set anew is the one in force.
        due ??= trace.GetValueOrDefault(deadline ?? "due_at");
        DateTimeOffset? by = due is null ? null : Time(due, reader);
        string place = office is null ? group : trace.GetValueOrDefault(office, "");
        events.AddRange(found.Select(e => (id, e, place, by)));
    }

    private static LoggedEvent ReadEvent(XmlReader reader, string deadline, ref string group, ref string? due)
    {
        Dictionary<string, string> values = [];
        using XmlReader inner = reader.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType == XmlNodeType.Element && inner.GetAttribute("key") is { } key)
            {
                values[key] = inner.GetAttribute("value") ?? "";
            }
        }
        due = values.GetValueOrDefault(deadline) ?? due;
        group = group.Length > 0 ? group : values.GetValueOrDefault("org:group", "");
        return new LoggedEvent(
            values.GetValueOrDefault("concept:name", ""),
            Time(values.GetValueOrDefault("time:timestamp", ""), reader),
            values.GetValueOrDefault("org:resource", ""),
            values.GetValueOrDefault("lifecycle:transition", "").Equals("start", StringComparison.OrdinalIgnoreCase));
    }

    private static DateTimeOffset Time(string text, XmlReader reader)
    {
        IXmlLineInfo? at = reader as IXmlLineInfo;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"{at?.LineNumber ?? 0}:{at?.LinePosition ?? 0}: '{text}' is no time");
    }
}
