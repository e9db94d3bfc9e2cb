using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>Why a run ended.</summary>
public enum DriveEnd
{
    /// <summary>Everything expected has happened.</summary>
    Complete,

    /// <summary>The limit after the period was reached while cases were open.</summary>
    LimitReached,

    /// <summary>It was stopped.</summary>
    Stopped,
}

/// <summary>Plays a city through a door, slice by slice; a slice in which officials are done sooner than its end is played again.</summary>
public sealed class DriveRun(CityPlay play, ICityDoor door)
{
    private Intent[] _intents = new Intent[1024];
    private Outcome[] _outcomes = new Outcome[1024];

    /// <summary>The city's time up to which it was played.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Plays until nothing more is expected, the limit is reached, or it is stopped.</summary>
    /// <param name="limit">The last moment that is played.</param>
    /// <param name="letTimeEndCases">Whether to move the clock on, at the end, until every case that waits only for time has ended.</param>
    /// <param name="progress">Called after each slice, on the caller's thread.</param>
    /// <param name="stop">Stops after the slice at hand.</param>
    public async Task<DriveEnd> RunAsync(DateTimeOffset limit, bool letTimeEndCases, Action? progress, CancellationToken stop)
    {
        try
        {
            while (play.NextAt is { } next)
            {
                if (stop.IsCancellationRequested)
                {
                    return DriveEnd.Stopped;
                }
                DateTimeOffset at = play.SliceEnd(next);
                if (at > limit)
                {
                    return DriveEnd.LimitReached;
                }
                await PlaySliceAsync(at, stop).ConfigureAwait(false);
                progress?.Invoke();
            }
            if (letTimeEndCases && play.LastEndsAt is { } last && last > Now)
            {
                Now = await door.ReachAsync(last, stop).ConfigureAwait(false);
            }
            return DriveEnd.Complete;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return DriveEnd.Stopped;
        }
    }

    private async ValueTask PlaySliceAsync(DateTimeOffset at, CancellationToken stop)
    {
        Now = at > Now ? await door.ReachAsync(at, stop).ConfigureAwait(false) : Now;
        await RoundAsync(play.CollectActs(Now)).ConfigureAwait(false);
        await RoundAsync(play.CollectTakes(Now)).ConfigureAwait(false);
    }

    private async ValueTask RoundAsync(int count)
    {
        if (count == 0)
        {
            return;
        }
        if (_intents.Length < count)
        {
            Array.Resize(ref _intents, Math.Max(count, _intents.Length * 2));
            Array.Resize(ref _outcomes, _intents.Length);
        }
        play.Intents.CopyTo(_intents);
        await door.PlayAsync(_intents.AsMemory(0, count), _outcomes.AsMemory(0, count)).ConfigureAwait(false);
        play.Absorb(_outcomes.AsSpan(0, count));
    }
}
