using System.Collections.Concurrent;
using System.Net;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Drive;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityTwin.Simulation.Tests.Drive;

public sealed class HttpSenderTests
{
    [Fact]
    public async Task What_is_answered_503_is_sent_again_under_the_same_key()
    {
        var keys = new ConcurrentQueue<string>();
        await using WebApplication server = await StartAsync(http =>
        {
            keys.Enqueue(http.Request.Headers["Idempotency-Key"].ToString());
            http.Response.StatusCode = keys.Count < 3 ? 503 : 200;
        });
        using HttpSender sender = Sender(server, TimeSpan.FromMinutes(1));

        HttpAnswer answer = await sender.SendAsync(HttpMethod.Post, "/cases", "{}"u8.ToArray(), "k-1");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["k-1", "k-1", "k-1"], keys);
        Assert.Equal(2, sender.Retries);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_and_the_request_repeated_under_its_key()
    {
        var keys = new ConcurrentQueue<string>();
        await using WebApplication server = await StartAsync(http =>
        {
            keys.Enqueue(http.Request.Headers["Idempotency-Key"].ToString());
            if (keys.Count == 1)
            {
                http.Abort();
            }
        });
        using HttpSender sender = Sender(server, TimeSpan.FromMinutes(1));
        int reconnections = 0;
        sender.Reconnecting = () =>
        {
            reconnections++;
            return Task.CompletedTask;
        };

        HttpAnswer answer = await sender.SendAsync(HttpMethod.Post, "/cases", "{}"u8.ToArray(), "k-2");

        Assert.True(answer.IsSuccess);
        Assert.All(keys, k => Assert.Equal("k-2", k));
        Assert.Equal(1, sender.Retries);
        Assert.Equal(1, reconnections);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_not_repeated()
    {
        int requests = 0;
        await using WebApplication server = await StartAsync(http =>
        {
            Interlocked.Increment(ref requests);
            http.Response.StatusCode = 409;
        });
        using HttpSender sender = Sender(server, TimeSpan.FromMinutes(1));

        HttpAnswer answer = await sender.SendAsync(HttpMethod.Post, "/cases", "{}"u8.ToArray(), "k-3");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up_with_one_line()
    {
        await using WebApplication server = await StartAsync(http => http.Response.StatusCode = 503);
        using HttpSender sender = Sender(server, TimeSpan.Zero);

        DoorShutException shut = await Assert.ThrowsAsync<DoorShutException>(() => sender.SendAsync(HttpMethod.Get, "/board"));

        Assert.Contains("503", shut.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', shut.Message);
    }

    [Fact]
    public async Task Stopping_ends_the_repeating()
    {
        using var stop = new CancellationTokenSource();
        await using WebApplication server = await StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            stop.Cancel();
        });
        using var sender = new HttpSender(new Uri(server.Urls.First()), null, 4, TimeSpan.FromMinutes(10), stop.Token);

        await Assert.ThrowsAsync<DoorShutException>(() => sender.SendAsync(HttpMethod.Get, "/board"));
    }

    private static HttpSender Sender(WebApplication server, TimeSpan giveUpAfter) =>
        new(new Uri(server.Urls.First()), null, 4, giveUpAfter, CancellationToken.None);

    private static async Task<WebApplication> StartAsync(Action<HttpContext> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.Run(http =>
        {
            answer(http);
            return Task.CompletedTask;
        });
        await server.StartAsync();
        return server;
    }
}
