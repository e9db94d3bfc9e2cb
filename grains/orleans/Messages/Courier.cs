using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>Carries the messages of a silo's twins to their receivers, once they are durable: in order from each sender to each receiver.</summary>
/// <remarks>
/// A message is in the outbox until its receiver's turn is durable, so nothing is lost with the courier: whoever activates the sender
/// next carries on. While one post to a receiver is under way the next one gathers. So many posts are under way at once and no more:
/// where thousands of receivers come up together, as at a city's founding, they would else all answer too late, and be asked again.
/// Thread-safe.
/// </remarks>
/// <param name="grains">The receivers.</param>
/// <param name="trails">Who waits at this silo for what.</param>
/// <param name="rulesVersion">The version of the city twin that this silo has seen.</param>
/// <param name="logger">Where trouble is told.</param>
public sealed class Courier(IGrainFactory grains, Trails trails, Func<int> rulesVersion, ILogger logger) : IAsyncDisposable
{
    private const int PostMax = 256;
    private const int UnderWayMax = 256;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(TwinId Sender, TwinId Target), Lane> _lanes = [];
    private readonly HashSet<long> _underWay = [];
    private readonly SemaphoreSlim _free = new(UnderWayMax);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Who waits here for what.</summary>
    public Trails Trails { get; } = trails;

    /// <summary>Messages that are on their way.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _underWay.Count;
            }
        }
    }

    /// <summary>Carries a durable message. One that is on its way already is left to it.</summary>
    public void Send(TwinId sender, TwinId target, Letter letter)
    {
        Lane? start = null;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || !_underWay.Add(letter.Sequence))
            {
                return;
            }
            if (!_lanes.TryGetValue((sender, target), out Lane? lane))
            {
                _lanes.Add((sender, target), start = lane = new Lane(sender, target));
            }
            lane.Waiting.Add(letter);
        }
        if (start is not null)
        {
            start.Carrying = Task.Run(() => CarryAsync(start));
        }
    }

    /// <summary>Carries what a twin sent in an earlier life and nobody has taken.</summary>
    public void SendAgain(TwinId sender, IEnumerable<(TwinId Target, Letter Letter)> letters)
    {
        foreach ((TwinId target, Letter letter) in letters)
        {
            Send(sender, target, letter);
        }
    }

    /// <summary>Carries nothing more. For tests.</summary>
    internal void Abandon() => _stop.Cancel();

    /// <summary>Carries what is on its way, for a few seconds at most; the rest is in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] carrying;
        lock (_gate)
        {
            carrying = [.. _lanes.Values.Select(l => l.Carrying)];
        }
        await Task.WhenAll(carrying).WaitAsync(StopTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
    }

    private async Task CarryAsync(Lane lane)
    {
        ITwinGrain receiver = grains.Twin(lane.Target);
        TimeSpan pause = ShortestPause;
        while (Next(lane) is { } letters)
        {
            try
            {
                PostOutcome outcome = await PostAsync(receiver, lane.Sender, letters);
                Letter[] settled = outcome.Gone.Length == 0 ? letters : [.. letters.Where(l => outcome.Gone.Contains(l.Sequence))];
                Done(lane, settled, outcome.Gone.Length == 0 ? outcome.Taken : 0);
                pause = ShortestPause;
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
#pragma warning disable CA1031 // Nobody awaits a lane: the messages stay in the outbox, and this is told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                CourierLog.NotCarried(logger, e, lane.Sender, lane.Target, letters.Length);
                Done(lane, letters, 0);
            }
        }
    }

    private async Task<PostOutcome> PostAsync(ITwinGrain receiver, TwinId sender, Letter[] letters)
    {
        await _free.WaitAsync();
        try
        {
            Office.Hint(Office.Of(sender));
            return await receiver.Take(new TwinPost(letters, rulesVersion()));
        }
        finally
        {
            // A receiver that cannot be reached keeps no place while its lane pauses.
            _free.Release();
        }
    }

    // The letters stay at the head of the lane until they are taken, so that a repeated attempt begins with the same ones.
    private Letter[]? Next(Lane lane)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || lane.Waiting.Count == 0)
            {
                _lanes.Remove((lane.Sender, lane.Target));
                return null;
            }
            return [.. lane.Waiting.Take(PostMax)];
        }
    }

    private void Done(Lane lane, Letter[] letters, int taken)
    {
        lock (_gate)
        {
            HashSet<long> settled = [.. letters.Select(l => l.Sequence)];
            lane.Waiting.RemoveAll(l => settled.Contains(l.Sequence));
            foreach (Letter letter in letters)
            {
                _underWay.Remove(letter.Sequence);
            }
        }
        // What the receiver did not take now, because it is stopped or had it before, nobody waits for.
        foreach (Letter letter in letters.Skip(taken))
        {
            Trails.Return(letter.Trail);
        }
    }

    private sealed class Lane(TwinId sender, TwinId target)
    {
        public TwinId Sender { get; } = sender;

        public TwinId Target { get; } = target;

        public List<Letter> Waiting { get; } = [];

        public Task Carrying { get; set; } = Task.CompletedTask;
    }
}

internal static partial class CourierLog
{
    [LoggerMessage(110, LogLevel.Error, "{Count} messages from {Sender} to {Target} could not be carried; they stay in the outbox.")]
    public static partial void NotCarried(ILogger logger, Exception reason, TwinId sender, TwinId target, int count);
}
