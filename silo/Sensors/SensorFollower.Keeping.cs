using System.Threading.Channels;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <content>Storing what the watches know, and taking it up again.</content>
public sealed partial class SensorFollower
{
    private const int SavedAtOnceMax = 2_000;

    private readonly Channel<SaveRequest> _requests = System.Threading.Channels.Channel.CreateBounded<SaveRequest>(1);

    // Held while batches are followed again from the store: none of them may be forgotten meanwhile.
    private readonly SemaphoreSlim _forgetting = new(1, 1);
    private int _startsOver;

    /// <summary>
    /// Stores what the watches know, some at a time, so that following hardly waits; then the batches that are in all of them, and in
    /// the chunks, are forgotten. One caller at a time.
    /// </summary>
    /// <param name="cancellation">The caller waits no more.</param>
    public async ValueTask KeepAsync(CancellationToken cancellation)
    {
        int startsOver = Volatile.Read(ref _startsOver);
        long upTo = (await AskAsync([], cancellation)).Number;
        foreach (WatchedSensor[] some in _watches.All.Chunk(SavedAtOnceMax))
        {
            (long number, List<(WatchedSensor, byte[])> states) = await AskAsync(some, cancellation);
            if (states.Count > 0)
            {
                await WatchTable.SaveAsync(_store, number, states);
            }
        }
        await _forgetting.WaitAsync(cancellation);
        try
        {
            if (startsOver == Volatile.Read(ref _startsOver))
            {
                await _store.ForgetAsync(upTo);
            }
        }
        finally
        {
            _forgetting.Release();
        }
    }

    private async Task<(long Number, List<(WatchedSensor, byte[])> States)> AskAsync(WatchedSensor[] some, CancellationToken cancellation)
    {
        SaveRequest request = new(some);
        await _requests.Writer.WriteAsync(request, cancellation);
        return await request.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Between two batches: what some watches know as of the last one.</summary>
    private void AnswerOne()
    {
        if (_requests.Reader.TryRead(out SaveRequest? request))
        {
            List<(WatchedSensor, byte[])> states = [];
            foreach (WatchedSensor watched in request.Some)
            {
                if (watched.TouchedBy > watched.SavedUpTo)
                {
                    states.Add((watched, watched.Watch.Save()));
                }
            }
            request.Answer.TrySetResult((_store.Followed, states));
        }
    }

    /// <summary>After a start, or trouble: the watches come to be as they were, and what the twins may not have heard is reported.</summary>
    private async ValueTask CatchUpAsync()
    {
        await _forgetting.WaitAsync(_stop.Token);
        try
        {
            _startsOver++;
            _reports.Clear();
            _post.Clear();
            _watches.Load();
            long heardUpTo = _store.Followed;
            bool isHeard = true;
            foreach ((long number, Reading[] readings) in _store.BatchesAfter(0))
            {
                if (isHeard && number > heardUpTo)
                {
                    await NoticeAllAsync();
                    isHeard = false;
                }
                await FollowOneAsync(number, readings, inSilence: isHeard);
                _store.Followed = Math.Max(number, heardUpTo);
            }
        }
        finally
        {
            _forgetting.Release();
        }
        await NoticeAllAsync();
        await ReconcileAsync();
    }

    private async ValueTask NoticeAllAsync()
    {
        foreach (WatchedSensor watched in _watches.All)
        {
            if (_directory.Find(watched.Sensor) is { Profile: not null } twin)
            {
                Notice(watched, twin);
            }
        }
        await _post.SendAsync();
    }

    private async ValueTask ReconcileAsync()
    {
        foreach (WatchedSensor watched in _watches.All)
        {
            bool agrees = _directory.Find(watched.Sensor) is { Profile: not null } seen && watched.Watch.Agrees(seen);
            // The twin itself is asked: the view may not have taken in yet what was just reported.
            if (!agrees && (await _runtime.ReadAsync(watched.Sensor)).State is SensorState { Profile: not null } twin && !watched.Watch.Agrees(twin))
            {
                lock (watched.Watch)
                {
                    watched.Watch.Reconcile(twin);
                }
            }
        }
    }

    private sealed record SaveRequest(WatchedSensor[] Some)
    {
        public TaskCompletionSource<(long, List<(WatchedSensor, byte[])>)> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
