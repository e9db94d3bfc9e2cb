using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>SignalR's JSON protocol as it comes over the wire: messages, each closed by a separator.</summary>
internal sealed class LiveText
{
    /// <summary>What a client says first.</summary>
    public const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    private const char End = '\u001e';

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _last = new();
    private readonly Queue<JsonElement> _messages = [];

    /// <summary>Takes in what was received.</summary>
    public void Add(ReadOnlySpan<byte> received)
    {
        char[] chars = new char[Encoding.UTF8.GetMaxCharCount(received.Length)];
        foreach (char c in chars.AsSpan(0, _decoder.GetChars(received, chars, flush: false)))
        {
            if (c != End)
            {
                _last.Append(c);
                continue;
            }
            _messages.Enqueue(JsonDocument.Parse(_last.ToString()).RootElement);
            _last.Clear();
        }
    }

    /// <summary>The argument of the next message of a kind, if it is there; others before it are passed over.</summary>
    public bool TryTake(string target, out JsonElement argument)
    {
        while (_messages.TryDequeue(out JsonElement message))
        {
            if (message.TryGetProperty("target", out JsonElement name) && name.GetString() == target)
            {
                argument = message.GetProperty("arguments")[0];
                return true;
            }
        }
        argument = default;
        return false;
    }
}
