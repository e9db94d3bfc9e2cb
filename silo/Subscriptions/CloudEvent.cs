using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>A change as a CloudEvent 1.0 (CNCF). The same change of the same subscription always has the same id, so that a repeat is known as one.</summary>
public sealed class CloudEvent
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private CloudEvent(string id, string source, string type, string subject, DateTimeOffset time, long position, byte[] data)
    {
        Id = id;
        Source = source;
        Type = type;
        Subject = subject;
        Time = time;
        Position = position;
        Data = data;
    }

    /// <summary>Subscription, position and twin: unique within the source.</summary>
    public string Id { get; }

    /// <summary>The city, as <c>/cities/46</c>.</summary>
    public string Source { get; }

    /// <summary><c>org.citytwin.twin.entered</c>, <c>….changed</c> or <c>….left</c>.</summary>
    public string Type { get; }

    /// <summary>The twin.</summary>
    public string Subject { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The journal position: an extension attribute, as text.</summary>
    public long Position { get; }

    /// <summary>The data: JSON.</summary>
    public byte[] Data { get; }

    /// <summary>The event of a change.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="city">The city.</param>
    /// <param name="query">Its condition and columns.</param>
    /// <param name="change">The change.</param>
    /// <param name="print">Of a change that readings made: the print of the sensor's values; null: an event made it, and the position names it.</param>
    public static CloudEvent Of(string subscription, TwinId city, CityQuery query, QueryChange change, long? print = null) => new(
        print is { } values ? $"{subscription}-{change.Twin.NumberText}-{values:x16}-{change.Kind.ToString().ToLowerInvariant()}" : $"{subscription}-{change.Position}", $"/cities/{city.NumberText}", $"org.citytwin.twin.{change.Kind.ToString().ToLowerInvariant()}", change.Twin.ToString(),
        change.At, change.Position, DataOf(query, change));

    /// <summary>An event as <see cref="Structured"/> wrote it.</summary>
    public static CloudEvent Read(byte[] structured)
    {
        using JsonDocument document = JsonDocument.Parse(structured);
        JsonElement e = document.RootElement;
        return new CloudEvent(
            e.GetProperty("id").GetString()!, e.GetProperty("source").GetString()!, e.GetProperty("type").GetString()!, e.GetProperty("subject").GetString()!,
            e.GetProperty("time").GetDateTimeOffset(), long.Parse(e.GetProperty("position").GetString()!), JsonSerializer.SerializeToUtf8Bytes(e.GetProperty("data")));
    }

    /// <summary>The whole event as one JSON document.</summary>
    public byte[] Structured()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Id);
            json.WriteString("source", Source);
            json.WriteString("type", Type);
            json.WriteString("subject", Subject);
            json.WriteString("time", Time);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("position", Position.ToString(null, null));
            json.WritePropertyName("data");
            json.WriteRawValue(Data);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The request that carries it, signed.</summary>
    public HttpRequestMessage Request(Subscription subscription, DateTimeOffset now)
    {
        bool isBinary = subscription.Mode == EventMode.Binary;
        byte[] body = subscription.Notification?.Body(this, subscription.Id, now) ?? (isBinary ? Data : Structured());
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = subscription.Notification is { } notification ? new MediaTypeHeaderValue(notification.ContentType)
            : isBinary ? new MediaTypeHeaderValue("application/json")
            : new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        if (subscription.Notification is { IsJsonLd: false } linked)
        {
            request.Headers.TryAddWithoutValidation("Link", $"<{linked.Context}>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"");
        }
        else if (isBinary && subscription.Notification is null)
        {
            foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[
                ("specversion", "1.0"), ("id", Id), ("source", Source), ("type", Type), ("subject", Subject), ("time", Time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'")), ("position", Position.ToString(null, null))])
            {
                request.Headers.TryAddWithoutValidation("ce-" + name, value);
            }
        }
        foreach ((string name, string value) in WebhookSignature.Headers(subscription.Secret, Id, now, body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static byte[] DataOf(CityQuery query, QueryChange change)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            ChangeJson.Write(json, query, change);
        }
        return buffer.WrittenSpan.ToArray();
    }
}
