using System.Text.Json;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Changes and values as JSON: the same for webhooks, streams and hubs.</summary>
public static class ChangeJson
{
    /// <summary>Writes a change.</summary>
    public static void Write(Utf8JsonWriter json, CityQuery query, QueryChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
        json.WriteString("type", query.Schema.Type);
        json.WriteString("twin", change.Twin.ToString());
        json.WriteNumber("position", change.Position);
        json.WriteString("at", change.At);
        json.WritePropertyName("values");
        Write(json, query.Columns, change.Values);
        json.WriteEndObject();
    }

    /// <summary>Writes the values of a row as an object; what has no value is left out.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<string> columns, QueryValue[] row)
    {
        json.WriteStartObject();
        for (int i = 0; i < row.Length; i++)
        {
            if (!row[i].IsNone)
            {
                json.WritePropertyName(columns[i]);
                Write(json, row[i]);
            }
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, QueryValue value)
    {
        switch (value.Type)
        {
            case QueryType.Number:
                json.WriteNumberValue(value.AsNumber);
                break;
            case QueryType.Flag or QueryType.Place:
                json.WriteBooleanValue(value.AsFlag || value.Type == QueryType.Place);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
