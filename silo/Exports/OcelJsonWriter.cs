using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.Silo.Exports;

/// <summary>OCEL 2.0 as JSON. Values are texts, as the standard's schema has them; their types are declared.</summary>
/// <remarks>Events go out as they come; the objects, which the form wants in a list of their own, wait in a temporary file.</remarks>
internal sealed class OcelJsonWriter : ICaseLogWriter
{
    private const int FlushBytes = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly HashSet<TwinId> _others = [];
    private readonly FileStream _waiting = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    private readonly Stream _to;
    private readonly Utf8JsonWriter _events;
    private readonly Utf8JsonWriter _objects;

    public OcelJsonWriter(Stream to)
    {
        _to = to;
        _events = new Utf8JsonWriter(to, Options);
        _objects = new Utf8JsonWriter(_waiting, Options);
        _events.WriteStartObject();
        WriteTypes("objectTypes", ObjectLog.ObjectTypes);
        WriteTypes("eventTypes", CaseLogReader.Activities.Select(a => (a, ObjectLog.EventAttributes.ToArray())));
        _events.WriteStartArray("events");
        _objects.WriteStartArray();
    }

    /// <inheritdoc/>
    public void Write(LoggedCase c)
    {
        foreach (LoggedStep step in c.Steps)
        {
            WriteEvent(c.Case, step);
        }
        _others.Add(c.Filed.Commune);
        _objects.WriteStartObject();
        Name(_objects, c.Case.ToString(), "case");
        _objects.WriteStartArray("attributes");
        foreach ((string name, string time, string value) in ObjectLog.Attributes(c))
        {
            WriteAttribute(_objects, name, value, time);
        }
        _objects.WriteEndArray();
        _objects.WriteStartArray("relationships");
        WriteRelation(_objects, c.Filed.Commune, ObjectLog.Relation(c.Case, c)!.Value.Qualifier);
        _objects.WriteEndArray();
        _objects.WriteEndObject();
        FlushIfFull(_events);
        FlushIfFull(_objects);
    }

    /// <inheritdoc/>
    public void End(IReadOnlyDictionary<TwinId, string> names)
    {
        foreach (TwinId other in _others.Order())
        {
            _objects.WriteStartObject();
            Name(_objects, other.ToString(), ObjectLog.TypeOf(other));
            _objects.WriteStartArray("attributes");
            foreach ((string name, string value) in ObjectLog.Attributes(other, names))
            {
                WriteAttribute(_objects, name, value, ObjectLog.Always);
            }
            _objects.WriteEndArray();
            _objects.WriteEndObject();
        }
        _objects.WriteEndArray();
        _objects.Flush();
        _events.WriteEndArray();
        _events.Flush();
        _to.Write(",\"objects\":"u8);
        _waiting.Position = 0;
        _waiting.CopyTo(_to);
        _to.Write("}"u8);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events.Dispose();
        _objects.Dispose();
        _waiting.Dispose();
    }

    private void WriteTypes(string name, IEnumerable<(string Type, (string Name, string Type)[] Attributes)> types)
    {
        _events.WriteStartArray(name);
        foreach ((string type, (string Name, string Type)[] attributes) in types)
        {
            _events.WriteStartObject();
            _events.WriteString("name", type);
            _events.WriteStartArray("attributes");
            foreach ((string attribute, string valueType) in attributes)
            {
                _events.WriteStartObject();
                Name(_events, attribute, valueType, "name");
                _events.WriteEndObject();
            }
            _events.WriteEndArray();
            _events.WriteEndObject();
        }
        _events.WriteEndArray();
    }

    private void WriteEvent(TwinId ofCase, LoggedStep step)
    {
        _events.WriteStartObject();
        Name(_events, ObjectLog.IdOf(step), step.Activity);
        _events.WriteString("time", ObjectLog.Text(step.Happened.At));
        _events.WriteStartArray("attributes");
        foreach ((string name, string value) in ObjectLog.Attributes(step))
        {
            WriteAttribute(_events, name, value, null);
        }
        _events.WriteEndArray();
        _events.WriteStartArray("relationships");
        foreach ((TwinId other, string qualifier) in ObjectLog.Relations(ofCase, step))
        {
            WriteRelation(_events, other, qualifier);
            if (other != ofCase)
            {
                _others.Add(other);
            }
        }
        _events.WriteEndArray();
        _events.WriteEndObject();
    }

    private static void Name(Utf8JsonWriter json, string id, string type, string idName = "id")
    {
        json.WriteString(idName, id);
        json.WriteString("type", type);
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, string value, string? time)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        if (time is not null)
        {
            json.WriteString("time", time);
        }
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void WriteRelation(Utf8JsonWriter json, TwinId other, string qualifier)
    {
        json.WriteStartObject();
        json.WriteString("objectId", other.ToString());
        json.WriteString("qualifier", qualifier);
        json.WriteEndObject();
    }

    private static void FlushIfFull(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }
}
