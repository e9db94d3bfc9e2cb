using System.Buffers;
using System.Text.Json;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>Writes answers to queries as JSON.</summary>
internal static class QueryWriting
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ApiJson.Encoder };

    /// <summary>Writes an answer.</summary>
    public static Task AnswerAsync(HttpContext http, QueryAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, answer);
        }
        http.Response.Headers[QueryEndpoints.PositionHeader] = answer.Position.ToString(null, null);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        return http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory).AsTask();
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

    private static void Write(Utf8JsonWriter json, QueryAnswer answer)
    {
        IReadOnlyList<string> columns = answer.Query.Columns;
        json.WriteStartObject();
        json.WriteString("type", answer.Query.Schema.Type);
        json.WriteNumber("position", answer.Position);
        json.WriteString("now", answer.Now);
        json.WriteStartArray("columns");
        foreach (string column in columns)
        {
            json.WriteStringValue(column);
        }
        json.WriteEndArray();
        json.WriteStartArray("items");
        foreach (QueryValue[] row in answer.Rows)
        {
            Write(json, columns, row);
        }
        json.WriteEndArray();
        if (answer.Next is { } next)
        {
            json.WriteString("next", next);
        }
        json.WriteNumber("cost", answer.Cost);
        json.WriteNumber("examined", answer.Examined);
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
