using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CityTwin.ClientApi.Open311;

/// <summary>An answer in either of the standard's two forms; both are made of one contract.</summary>
/// <param name="Value">What is told.</param>
/// <param name="Type">How it is written as JSON.</param>
/// <param name="Root">The root element of its XML.</param>
/// <param name="Item">The element of each item, for a list.</param>
internal sealed record Open311Reply(object Value, JsonTypeInfo Type, string Root, string? Item = null)
{
    private static readonly Open311Json Json = new(new JsonSerializerOptions(Open311Json.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>True where the standard wants the bare content type, without a charset.</summary>
    public bool IsBare { get; init; }

    /// <summary>The contract, Vietnamese letters written as they are.</summary>
    public static Open311Json Contract => Json;

    /// <summary>An answer that is an error.</summary>
    public static Open311Reply Error(int status, string description) =>
        new(new ErrorLine[] { new(status, description) }, Json.ErrorLineArray, "errors", "error") { Status = status };

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(HttpContext http, Open311Format format)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(Value, Type);
        if (format == Open311Format.Xml)
        {
            body = XmlShape.Of(body, Root, Item);
        }
        http.Response.StatusCode = Status;
        http.Response.ContentType = Open311Formats.ContentTypeOf(format) + (IsBare ? "" : "; charset=utf-8");
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }
}

/// <summary>The two forms of an answer.</summary>
internal enum Open311Format
{
    /// <summary>XML, which every server must speak; errors about the form itself are told in it.</summary>
    Xml,

    /// <summary>JSON.</summary>
    Json,
}

/// <summary>The forms by the ending of an address.</summary>
internal static class Open311Formats
{
    /// <summary>The form that an address ends in.</summary>
    public static bool TryParse(string? ending, out Open311Format format)
    {
        format = ending == "json" ? Open311Format.Json : Open311Format.Xml;
        return ending is "json" or "xml";
    }

    /// <summary>The content type.</summary>
    public static string ContentTypeOf(Open311Format format) => format == Open311Format.Json ? "application/json" : "text/xml";
}

/// <summary>Ends a request with an error of the standard.</summary>
internal sealed class Open311Exception(int status, string description) : Exception(description)
{
    /// <summary>The HTTP status: 404 unknown, 403 key, 400 otherwise.</summary>
    public int Status { get; } = status;
}
