using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Subscriptions;

public sealed class StreamTests
{
    private const char End = '\u001e';

    [Fact]
    public async Task Server_sent_events_tell_changes_and_go_on_where_they_were_cut_off()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string missed = (await city.FileAsync("citizen/000000000101")).GetProperty("case").GetProperty("id").GetString()!;
        var seen = new List<(string Event, string Id, JsonElement Data)>();
        await using (Sse stream = await Sse.OpenAsync(city, "/query/stream?type=case&q=open==true&select=id,stage&after=0"))
        {
            seen.Add(await stream.NextAsync());
            Assert.Equal(("entered", missed), (seen[0].Event, seen[0].Data.GetProperty("twin").GetString()));
            Assert.Equal(["id", "stage"], seen[0].Data.GetProperty("values").EnumerateObject().Select(p => p.Name));
        }
        string next = (await city.FileAsync("citizen/000000000102")).GetProperty("case").GetProperty("id").GetString()!;
        await using Sse again = await Sse.OpenAsync(city, "/query/stream?type=case&q=open==true", seen[0].Id);
        (string Event, string Id, JsonElement Data) told;
        do
        {
            told = await again.NextAsync();
            Assert.True(long.Parse(told.Id) > long.Parse(seen[0].Id));
        }
        while (told.Data.GetProperty("twin").GetString() != next);
        Assert.Equal("entered", told.Event);
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/query/stream?type=case&text=den");
        Assert.Equal((400, "?text"), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task A_condition_that_the_clock_makes_true_is_told_when_it_does()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement filed = (await city.FileAsync("citizen/000000000101")).GetProperty("case");
        await using Sse stream = await Sse.OpenAsync(city, "/query/stream?type=case&select=id&q=" + Uri.EscapeDataString("open==true;deadline<now + 1 working hours"));
        DateTimeOffset due = filed.GetProperty("dueAt").GetDateTimeOffset();
        await city.PostAsync("/clock", new { to = due.AddMinutes(-30) });
        (string change, _, JsonElement data) = await stream.NextAsync();
        Assert.Equal(("entered", filed.GetProperty("id").GetString()), (change, data.GetProperty("twin").GetString()));
    }

    [Fact]
    public async Task The_hub_streams_the_same_changes()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(city.Http.BaseAddress!) { Scheme = "ws", Path = "/live/queries" }.Uri, timeout.Token);
        await SendAsync(socket, """{"protocol":"json","version":1}""", timeout.Token);
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"watch","arguments":[{"type":"case","q":"stage==queued","after":0}]}""", timeout.Token);
        await SendAsync(socket, """{"type":4,"invocationId":"2","target":"watch","arguments":[{"type":"case","q":"stag==queued"}]}""", timeout.Token);
        string id = (await city.FileAsync("citizen/000000000101")).GetProperty("case").GetProperty("id").GetString()!;
        bool refused = false, told = false;
        await foreach (JsonElement message in MessagesAsync(socket, timeout.Token))
        {
            bool isItem = message.TryGetProperty("type", out JsonElement type) && type.GetInt32() == 2;
            told |= isItem && message.GetProperty("item").GetProperty("twin").GetString() == id && message.GetProperty("item").GetProperty("change").GetString() == "entered";
            refused |= message.TryGetProperty("error", out JsonElement error) && error.GetString()!.Contains("'stage'", StringComparison.Ordinal);
            if (told && refused)
            {
                break;
            }
        }
        Assert.True(told && refused);
    }

    private static Task SendAsync(ClientWebSocket socket, string message, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, stop);

    private static async IAsyncEnumerable<JsonElement> MessagesAsync(ClientWebSocket socket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var rest = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, stop);
            rest.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            string[] parts = rest.ToString().Split(End);
            rest.Clear().Append(parts[^1]);
            foreach (string part in parts[..^1].Where(p => p.Length > 2))
            {
                yield return JsonDocument.Parse(part).RootElement;
            }
        }
    }

    private sealed class Sse(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<Sse> OpenAsync(RunningCity city, string address, string? lastId = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.Add("Last-Event-ID", lastId is null ? [] : [lastId]);
            HttpResponseMessage response = await city.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new Sse(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        }

        public async Task<(string Event, string Id, JsonElement Data)> NextAsync()
        {
            string name = "", id = "", data = "";
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : name;
                id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
                data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
                if (line.Length == 0 && data.Length > 0)
                {
                    return (name, id, JsonDocument.Parse(data).RootElement);
                }
            }
            throw new EndOfStreamException();
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
