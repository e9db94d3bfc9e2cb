using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace CityTwin.ClientApi.Wire;

/// <summary>Reads a JSON body whole, or says where and why it cannot be read. Nothing half-read is kept.</summary>
internal static class BodyReader
{
    /// <summary>Reads a body of a type.</summary>
    /// <exception cref="ProblemException">Not JSON by its content type, malformed, or with wrong members or types.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        bool isEmpty = http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        if (isEmpty && typeof(T) == typeof(EmptyBody))
        {
            return (T)(object)new EmptyBody();
        }
        if (!isEmpty && !http.Request.HasJsonContentType())
        {
            throw new ProblemException(Problem.UnsupportedMediaType);
        }
        PipeReader reader = http.Request.BodyReader;
        ReadResult read = await reader.ReadAsync();
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }
        try
        {
            return Parse(read.Buffer, type);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static T Parse<T>(in ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body.IsEmpty)
        {
            throw new ProblemException(Problem.MalformedBody("The body is empty, expected an object, at $.", [new FieldError("$", "the body is empty, expected an object")]));
        }
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
        try
        {
            T? value = JsonSerializer.Deserialize(ref json, type);
            bool isWhole = !json.Read();
            return value is not null && isWhole ? value : throw new JsonException("the body must be an object, not null", "$", 0, 0);
        }
        catch (JsonException e)
        {
            throw new ProblemException(JsonMistake.Of(e, type));
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair, which UTF-8 cannot have: the reader finds it only when the text is taken out.
            throw new ProblemException(Problem.MalformedBody("A text is not valid Unicode.", [new FieldError("$", "a text is not valid Unicode")]));
        }
    }
}
