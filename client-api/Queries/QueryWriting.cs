using System.Buffers;
using System.Text.Json;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;

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
        http.Response.Headers[PositionHeader.Name] = answer.Position.ToString(null, null);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        return http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory).AsTask();
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
            ChangeJson.Write(json, columns, row);
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
}
