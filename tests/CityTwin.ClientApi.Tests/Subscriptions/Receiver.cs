using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using CityTwin.Silo.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityTwin.ClientApi.Tests.Subscriptions;

/// <summary>A CloudEvent as a receiver saw it.</summary>
public sealed record Received(string Id, string Type, string Subject, long Position, JsonElement Data, bool IsSigned);

/// <summary>A receiver of webhooks on loopback that answers as a test says, and can go away and come back.</summary>
public sealed class Receiver(byte[] secret) : IAsyncDisposable
{
    private readonly Channel<Received> _taken = Channel.CreateUnbounded<Received>();
    private WebApplication? _web;
    private int _requests;

    public int Port { get; } = FreePort();

    public Uri Url => new($"http://127.0.0.1:{Port}/events");

    /// <summary>The answer to a request by its number from 1; by default 204.</summary>
    public Func<int, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    /// <summary>Whether what comes is read as events; false: it is only answered.</summary>
    public bool Reads { get; set; } = true;

    /// <summary>All that was taken, repeats included.</summary>
    public ConcurrentQueue<Received> Taken { get; } = new();

    public int Requests => Volatile.Read(ref _requests);

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _web = builder.Build();
        _web.Run(TakeAsync);
        await _web.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_web is { } web)
        {
            _web = null;
            await web.StopAsync();
            await web.DisposeAsync();
        }
    }

    /// <summary>The next event that was taken.</summary>
    public async Task<Received> NextAsync() => await _taken.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Reads on until an event fits.</summary>
    public async Task<Received> UntilAsync(Func<Received, bool> fits)
    {
        Received next;
        do
        {
            next = await NextAsync();
        }
        while (!fits(next));
        return next;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task TakeAsync(HttpContext http)
    {
        int number = Interlocked.Increment(ref _requests);
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        int status = await Answer(number, http);
        http.Response.StatusCode = status;
        if (Reads && status is >= 200 and < 300)
        {
            Received received = Read(http.Request, body.ToArray());
            Taken.Enqueue(received);
            _taken.Writer.TryWrite(received);
        }
    }

    private Received Read(HttpRequest request, byte[] body)
    {
        JsonElement json = JsonDocument.Parse(body).RootElement;
        string id = request.Headers["webhook-id"]!;
        byte[] expected = HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{request.Headers["webhook-timestamp"]}."), .. body]);
        bool signed = request.Headers["webhook-signature"] == "v1," + Convert.ToBase64String(expected);
        if (request.ContentType!.StartsWith("application/cloudevents+json", StringComparison.Ordinal))
        {
            Assert.Equal("1.0", json.GetProperty("specversion").GetString());
            Assert.Equal(id, json.GetProperty("id").GetString());
            return new Received(id, Text(json, "type"), Text(json, "subject"), long.Parse(Text(json, "position")), json.GetProperty("data"), signed);
        }
        Assert.Equal("1.0", request.Headers["ce-specversion"]);
        return new Received(request.Headers["ce-id"]!, request.Headers["ce-type"]!, request.Headers["ce-subject"]!, long.Parse(request.Headers["ce-position"]!), json, signed);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
