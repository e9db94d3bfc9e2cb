using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CityTwin.ClientApi.Hosting;
using CityTwin.Cluster.Hosting;
using CityTwin.Silo;
using CityTwin.Silo.Tests.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CityTwin.Cluster.Tests.Nodes;

/// <summary>Whole nodes in this process: silo, API and all, over one journal, asked over HTTP.</summary>
internal sealed class NodesUnderTest : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-nodes-").FullName;
    private readonly string _journal;
    private readonly List<WebApplication> _nodes = [];
    private readonly List<HttpClient> _clients = [];

    private NodesUnderTest(string journal) => _journal = journal;

    public static async Task<NodesUnderTest> OpenAsync(string journal, int count)
    {
        NodesUnderTest nodes = new(journal);
        for (int i = 0; i < count; i++)
        {
            await nodes.JoinAsync();
        }
        return nodes;
    }

    /// <summary>Another node joins.</summary>
    public async Task JoinAsync()
    {
        WebApplication web = NodeServer.Build(new NodeOptions
        {
            Serving = new ServeOptions
            {
                City = HostUnderTest.Hue,
                Journal = _journal,
                Urls = "http://127.0.0.1:0",
                Clock = CityClock.Driven(HostUnderTest.Start),
                QueueDepthMax = 10_000,
                Folder = _folder,
            },
            Silo = new IPEndPoint(IPAddress.Loopback, FreePort()),
            Cluster = "citytwin-test",
        });
        await web.StartAsync();
        _nodes.Add(web);
        _clients.Add(new HttpClient { BaseAddress = new Uri(web.Urls.First()), Timeout = TimeSpan.FromSeconds(100) });
    }

    public T Part<T>(int node)
        where T : notnull => _nodes[node].Services.GetRequiredService<T>();

    /// <summary>Stops a node as SIGTERM does.</summary>
    public async Task StopAsync(int node)
    {
        await _nodes[node].StopAsync();
        await _nodes[node].DisposeAsync();
        _nodes.RemoveAt(node);
        _clients[node].Dispose();
        _clients.RemoveAt(node);
    }

    public async Task<JsonElement> PostAsync(int node, string address, object body)
    {
        (HttpStatusCode status, JsonElement answer) = await TryPostAsync(node, address, body);
        Assert.True((int)status < 300, $"POST {address}: {(int)status} {answer}");
        return answer;
    }

    public async Task<(HttpStatusCode Status, JsonElement Answer)> TryPostAsync(int node, string address, object body)
    {
        using HttpResponseMessage response = await _clients[node].PostAsJsonAsync(new Uri(address, UriKind.Relative), body);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public Task<string> GetAsync(int node, string address) => _clients[node].GetStringAsync(new Uri(address, UriKind.Relative));

    public async Task<JsonElement> ReadAsync(int node, string address) => JsonDocument.Parse(await GetAsync(node, address)).RootElement;

    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, otherwise);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_nodes.Count > 0)
        {
            await StopAsync(_nodes.Count - 1);
        }
        Npgsql.NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
