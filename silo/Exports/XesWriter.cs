using System.Globalization;
using System.Text;
using System.Xml;
using CityTwin.Grains;

namespace CityTwin.Silo.Exports;

/// <summary>XES (IEEE 1849-2016): a trace for each case, an event for each of its events.</summary>
internal sealed class XesWriter : ICaseLogWriter
{
    private const string Namespace = "http://www.xes-standard.org/";

    private readonly XmlWriter _xml;

    public XesWriter(Stream to)
    {
        _xml = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", CloseOutput = false });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("log", Namespace);
        _xml.WriteAttributeString("xes.version", "1849-2016");
        _xml.WriteAttributeString("xes.features", "");
        foreach ((string name, string prefix) in ((string, string)[])[("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org")])
        {
            _xml.WriteStartElement("extension", Namespace);
            _xml.WriteAttributeString("name", name);
            _xml.WriteAttributeString("prefix", prefix);
            _xml.WriteAttributeString("uri", $"{Namespace}{prefix}.xesext");
            _xml.WriteEndElement();
        }
        WriteGlobal("trace", ("string", "concept:name", ""));
        WriteGlobal("event", ("string", "concept:name", ""), ("date", "time:timestamp", ObjectLog.Always), ("string", "lifecycle:transition", "complete"));
        _xml.WriteStartElement("classifier", Namespace);
        _xml.WriteAttributeString("name", "Activity");
        _xml.WriteAttributeString("keys", "concept:name");
        _xml.WriteEndElement();
    }

    /// <inheritdoc/>
    public void Write(LoggedCase c)
    {
        _xml.WriteStartElement("trace", Namespace);
        WriteAttribute("string", "concept:name", c.Case.ToString());
        WriteAttribute("string", "office", c.Steps[0].Office.ToString());
        foreach ((string name, string time, string value) in ObjectLog.Attributes(c))
        {
            if (time == ObjectLog.Always)
            {
                WriteAttribute(name is "filed_at" or "due_at" ? "date" : "string", name, value);
            }
        }
        foreach (LoggedStep step in c.Steps)
        {
            _xml.WriteStartElement("event", Namespace);
            WriteAttribute("string", "concept:name", step.Activity);
            WriteAttribute("date", "time:timestamp", ObjectLog.Text(step.Happened.At));
            WriteAttribute("string", "lifecycle:transition", step.Happened is CaseEvent.WorkStarted ? "start" : "complete");
            WriteAttribute("string", "org:group", step.Office.ToString());
            WriteAttribute("int", "position", step.Position.ToString(CultureInfo.InvariantCulture));
            WriteRest(step);
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
    }

    /// <inheritdoc/>
    public void End(IReadOnlyDictionary<TwinId, string> names)
    {
        _xml.WriteEndElement();
        _xml.WriteEndDocument();
        _xml.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    private void WriteRest(in LoggedStep step)
    {
        if (!step.Official.IsNone)
        {
            WriteAttribute("string", "org:resource", step.Official.ToString());
        }
        if (!step.Desk.IsNone)
        {
            WriteAttribute("string", "desk", step.Desk.ToString());
        }
        foreach ((string name, string value) in ObjectLog.Attributes(step))
        {
            string? type = name switch { "worked_minutes" => "float", "on_time" => "boolean", "score" => "int", _ => null };
            if (type is not null)
            {
                WriteAttribute(type, name, value);
            }
        }
        if (step.DueAt is { } due)
        {
            WriteAttribute("date", "due_at", ObjectLog.Text(due));
        }
    }

    private void WriteGlobal(string scope, params ReadOnlySpan<(string Type, string Key, string Value)> attributes)
    {
        _xml.WriteStartElement("global", Namespace);
        _xml.WriteAttributeString("scope", scope);
        foreach ((string type, string key, string value) in attributes)
        {
            WriteAttribute(type, key, value);
        }
        _xml.WriteEndElement();
    }

    private void WriteAttribute(string type, string key, string value)
    {
        _xml.WriteStartElement(type, Namespace);
        _xml.WriteAttributeString("key", key);
        _xml.WriteAttributeString("value", value);
        _xml.WriteEndElement();
    }
}
