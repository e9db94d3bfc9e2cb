using System.Net.Http.Json;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>One who watches the live board by asking again and again (SignalR's long polling): between two questions everything waits in the server.</summary>
internal sealed class LivePolling
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly LiveText _text = new();

    private LivePolling(HttpClient http, Uri address)
    {
        _http = http;
        _address = address;
    }

    public static async Task<LivePolling> ConnectAsync(HttpClient http, CancellationToken stop)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/live/negotiate?negotiateVersion=1", UriKind.Relative), null, stop);
        string token = (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("connectionToken").GetString()!;
        var live = new LivePolling(http, new Uri($"/live?id={token}", UriKind.Relative));

        // The first question only says which way is taken.
        await live.AskAsync(stop);
        using HttpResponseMessage said = await http.PostAsync(live._address, new StringContent(LiveText.Handshake), stop);
        said.EnsureSuccessStatusCode();
        await live.AskAsync(stop);
        return live;
    }

    /// <summary>Waits for the next message of a kind; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string target, CancellationToken stop)
    {
        JsonElement found;
        while (!_text.TryTake(target, out found))
        {
            await AskAsync(stop);
        }
        return found;
    }

    private async Task AskAsync(CancellationToken stop) => _text.Add(await _http.GetByteArrayAsync(_address, stop));
}
