using System.Diagnostics;
using System.Globalization;
using System.Text;
using CityTwin.Silo;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Keeps the server's clock and the driver's slices together: moves a driven clock, waits for a running one.</summary>
internal sealed class HttpPace(HttpSender sender, HttpWire.Clock first, double? speed) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _firstReached;
    private DateTimeOffset _reached;

    /// <summary>The clock as it was at the beginning.</summary>
    public HttpWire.Clock First => first;

    /// <summary>Moves or waits until the city's time is a moment.</summary>
    public async ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop)
    {
        if (first.Mode != ClockMode.Driven)
        {
            return await WaitAsync(at, stop);
        }
        if (speed is { } times)
        {
            _firstReached = _firstReached == default ? at : _firstReached;
            TimeSpan wait = ((at - _firstReached) / times) - Stopwatch.GetElapsedTime(_began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, stop);
        }
        _reached = at;
        HttpAnswer answer = await sender.SendAsync(HttpMethod.Post, "/clock", Body(at));
        if (!answer.IsSuccess)
        {
            HttpWire.Problem problem = HttpWire.Read<HttpWire.Problem>(answer.Body);
            string reason = problem.Errors is { Count: > 0 } errors ? $"the moment {errors[0].Reason}" : problem.Title;
            throw new DriveFailureException($"the server's clock cannot be moved to {at:O}: {reason}");
        }
        DateTimeOffset now = HttpWire.Read<HttpWire.Clock>(answer.Body).Now;
        return now > at ? now : at;
    }

    /// <summary>After a restart the server's clock stands where its journal ends: moves it back to where the play is.</summary>
    public async Task RestoreAsync()
    {
        if (first.Mode != ClockMode.Driven || _reached == default)
        {
            return;
        }
        await _one.WaitAsync();
        try
        {
            await sender.SendOnceAsync(HttpMethod.Post, "/clock", Body(_reached), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Still away: the request that waits for this is repeated, and then this too.
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static byte[] Body(DateTimeOffset at) =>
        Encoding.ASCII.GetBytes($$"""{"to":"{{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)}}"}""");

    private async Task<DateTimeOffset> WaitAsync(DateTimeOffset at, CancellationToken stop)
    {
        while (true)
        {
            DateTimeOffset now = HttpWire.Read<HttpWire.Clock>((await sender.SendAsync(HttpMethod.Get, "/clock")).Body).Now;
            if (now >= at)
            {
                return now;
            }
            TimeSpan wait = (at - now) / first.Speed;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, stop);
        }
    }
}
