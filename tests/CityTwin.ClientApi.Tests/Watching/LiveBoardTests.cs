using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class LiveBoardTests(RunningCity city)
{
    private const char End = '\u001e';

    [Fact]
    public async Task A_watcher_gets_the_board_and_then_what_changes()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(city.Http.BaseAddress!) { Scheme = "ws", Path = "/live" };
        await socket.ConnectAsync(address.Uri, timeout.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{End}"), WebSocketMessageType.Text, true, timeout.Token);
        var messages = new Messages(socket);

        JsonElement board = await messages.NextAsync("board", timeout.Token);
        Assert.True(board.GetProperty("offices").GetArrayLength() >= 40);
        string id = (await city.FileAsync("citizen/000000005001")).GetProperty("case").GetProperty("id").GetString()!;
        JsonElement update;
        do
        {
            update = await messages.NextAsync("update", timeout.Token);
        }
        while (!update.GetProperty("recent").EnumerateArray().Any(e => e.GetProperty("twin").GetString() == id));
        Assert.True(update.GetProperty("position").GetInt64() > board.GetProperty("position").GetInt64());

        // Rows name their office by its place in the board, and their numbers by its columns.
        JsonElement[] offices = [.. board.GetProperty("offices").EnumerateArray()];
        string[] columns = [.. board.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
        int place = Array.FindIndex(offices, o => o.GetProperty("profile").GetProperty("id").GetString() == RunningCity.Commune);
        JsonElement before = Assert.Single(board.GetProperty("rows").EnumerateArray(), r => r[0].GetInt32() == place);
        JsonElement after = Assert.Single(update.GetProperty("rows").EnumerateArray(), r => r[0].GetInt32() == place);
        int filed = Array.IndexOf(columns, "filed");
        Assert.True(after[filed].GetInt64() > before[filed].GetInt64());
        Assert.Equal(columns.Length, after.GetArrayLength());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
    }

    private sealed class Messages(ClientWebSocket socket)
    {
        private readonly StringBuilder _rest = new();
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private readonly char[] _chars = new char[16 * 1024];

        public async Task<JsonElement> NextAsync(string target, CancellationToken stop)
        {
            byte[] buffer = new byte[16 * 1024];
            while (true)
            {
                string text = _rest.ToString();
                for (int end = text.IndexOf(End, StringComparison.Ordinal); end >= 0; end = text.IndexOf(End, StringComparison.Ordinal))
                {
                    JsonElement message = JsonDocument.Parse(text[..end]).RootElement;
                    text = text[(end + 1)..];
                    _rest.Clear().Append(text);
                    if (message.TryGetProperty("target", out JsonElement name) && name.GetString() == target)
                    {
                        return message.GetProperty("arguments")[0];
                    }
                }
                WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, stop);
                Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
                int count = _decoder.GetChars(buffer.AsSpan(0, received.Count), _chars, flush: false);
                _rest.Append(_chars, 0, count);
            }
        }
    }
}
