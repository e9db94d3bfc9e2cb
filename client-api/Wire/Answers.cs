using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Problems;
using CityTwin.Silo;
using Microsoft.Net.Http.Headers;

namespace CityTwin.ClientApi.Wire;

/// <summary>Writes answers: JSON into a buffer of the thread, then out with its length, in one piece.</summary>
internal static class Answers
{
    private const string Json = "application/json; charset=utf-8";
    private const string ProblemJson = "application/problem+json";
    private const int KeptBytesMax = 1 << 20;

    private static readonly string RetrySeconds = Math.Ceiling(Reply.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes a value with a status.</summary>
    public static Task JsonAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, value, type, status, Json);

    /// <summary>Writes what is there in bytes already.</summary>
    public static Task BytesAsync(HttpContext http, byte[] bytes, string contentType)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        http.Response.BodyWriter.Write(bytes);
        return Task.CompletedTask;
    }

    /// <summary>Writes a twin that was read: with its version as entity tag, or 304 when the caller has that version.</summary>
    public static Task TwinAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type, int version)
    {
        string tag = Tag(http, version);
        if (http.Request.Headers.IfNoneMatch.Count == 1 && http.Request.Headers.IfNoneMatch[0] == tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return JsonAsync(http, value, type);
    }

    /// <summary>Sets the entity tag: the twin's version.</summary>
    public static string Tag(HttpContext http, int version)
    {
        string tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        http.Response.Headers.ETag = tag;
        return tag;
    }

    /// <summary>Writes a problem.</summary>
    public static Task ProblemAsync(HttpContext http, Problem problem)
    {
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetrySeconds;
        }
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        }
        return WriteAsync(http, problem, ApiJson.Default.Problem, problem.Status, ProblemJson);
    }

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type, int status, string contentType)
    {
        ArrayBufferWriter<byte> buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        Utf8JsonWriter writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ApiJson.Encoder, SkipValidation = true });
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        HttpResponse response = http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        if (buffer.Capacity > KeptBytesMax)
        {
            _buffer = null;
            _writer = null;
        }

        // The server flushes when the request ends; waiting for it here would cost a turn of the thread pool.
        return Task.CompletedTask;
    }
}
