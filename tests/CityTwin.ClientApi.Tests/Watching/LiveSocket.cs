using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>One who watches the live board over a WebSocket, in SignalR's JSON protocol.</summary>
internal sealed class LiveSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly LiveText _text = new();

    public static async Task<LiveSocket> ConnectAsync(Uri city, CancellationToken stop)
    {
        var live = new LiveSocket();
        await live._socket.ConnectAsync(new UriBuilder(city) { Scheme = "ws", Path = "/live" }.Uri, stop);
        await live._socket.SendAsync(Encoding.UTF8.GetBytes(LiveText.Handshake), WebSocketMessageType.Text, true, stop);
        return live;
    }

    /// <summary>Waits for the next message of a kind; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string target, CancellationToken stop)
    {
        byte[] buffer = new byte[16 * 1024];
        JsonElement found;
        while (!_text.TryTake(target, out found))
        {
            WebSocketReceiveResult received = await _socket.ReceiveAsync(buffer, stop);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            _text.Add(buffer.AsSpan(0, received.Count));
        }
        return found;
    }

    /// <summary>Says good-bye.</summary>
    public Task CloseAsync(CancellationToken stop) => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);

    public void Dispose() => _socket.Dispose();
}
