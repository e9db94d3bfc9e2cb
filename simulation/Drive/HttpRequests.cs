using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Intents as requests: the address, and the body in JSON.</summary>
internal static class HttpRequests
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>The request for an intent.</summary>
    public static (string Path, byte[] Body) Of(in Intent intent)
    {
        ArrayBufferWriter<byte> buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        Utf8JsonWriter json = _json ??= new Utf8JsonWriter(buffer);
        json.Reset(buffer);
        json.WriteStartObject();
        Write(json, in intent);
        json.WriteEndObject();
        json.Flush();
        return (PathOf(in intent), buffer.WrittenSpan.ToArray());
    }

    private static string PathOf(in Intent intent) => intent.Kind switch
    {
        IntentKind.FileDossier or IntentKind.FileFeedback => "/cases",
        IntentKind.TakeNext => $"/desks/{intent.Desk.NumberText}/take-next",
        IntentKind.SendBack => $"/cases/{intent.Case.NumberText}/send-back",
        _ => $"/cases/{intent.Case.NumberText}/{intent.Kind.ToString().ToLowerInvariant()}",
    };

    private static void Write(Utf8JsonWriter json, in Intent i)
    {
        switch (i.Kind)
        {
            case IntentKind.FileDossier or IntentKind.FileFeedback:
                WriteFiling(json, in i);
                break;
            case IntentKind.Answer:
                WriteDocuments(json, i.Documents);
                WriteText(json, "text", i.Text);
                break;
            case IntentKind.TakeNext or IntentKind.Resolve:
                json.WriteString("official", i.Official.ToString());
                break;
            case IntentKind.Ask:
                json.WriteString("official", i.Official.ToString());
                WriteDocuments(json, i.Documents);
                WriteText(json, "question", i.Text);
                break;
            case IntentKind.Escalate or IntentKind.SendBack or IntentKind.Reject:
                json.WriteString("official", i.Official.ToString());
                WriteText(json, "reason", i.Text);
                break;
            case IntentKind.Rate:
                json.WriteNumber("score", i.Score);
                break;
            case IntentKind.Withdraw or IntentKind.Reopen:
                WriteText(json, "reason", i.Text);
                break;
            default:
                break;
        }
    }

    private static void WriteFiling(Utf8JsonWriter json, in Intent i)
    {
        json.WriteString("kind", i.Kind == IntentKind.FileDossier ? "dossier" : "feedback");
        json.WriteString("service", i.Service);
        json.WriteString("commune", i.Commune.ToString());
        json.WriteString("channel", JsonNamingPolicy.CamelCase.ConvertName(i.Channel.ToString()));
        if (!i.Citizen.IsNone)
        {
            json.WriteString("citizen", i.Citizen.ToString());
        }
        if (i.Kind == IntentKind.FileDossier)
        {
            WriteDocuments(json, i.Documents);
            return;
        }
        WriteText(json, "description", i.Text);
        if (i.Place is { } place)
        {
            json.WriteStartObject("place");
            json.WriteNumber("latitude", place.Latitude);
            json.WriteNumber("longitude", place.Longitude);
            json.WriteEndObject();
        }
    }

    private static void WriteDocuments(Utf8JsonWriter json, ImmutableArray<string> documents)
    {
        if (documents.IsDefaultOrEmpty)
        {
            return;
        }
        json.WriteStartArray("documents");
        foreach (string document in documents)
        {
            json.WriteStringValue(document);
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
