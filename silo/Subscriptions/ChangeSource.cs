using System.Runtime.CompilerServices;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Gives the changes for a condition from any journal position on: from the journal as long as it must, from the live view as soon as it can.</summary>
/// <param name="host">The city.</param>
/// <param name="view">The live view.</param>
public sealed class ChangeSource(ICityHost host, QueryView view) : IDisposable
{
    private const int EventsAtOnce = 1_000;
    private const int PastEventsMax = 100_000;
    private const int PastChangesMax = 5_000;

    private static readonly TimeSpan QuietPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    // A reading of the past builds a view of its own: one at a time, and never while somebody slow is being told.
    private readonly SemaphoreSlim _onePast = new(1);

    /// <summary>The live view.</summary>
    public QueryView View => view;

    /// <summary>The position that the live view has taken in.</summary>
    public long Position => view.Position;

    /// <summary>Batches of changes after a position, for ever. When nothing happens, an empty batch comes every 15 s.</summary>
    /// <param name="query">The condition; <see cref="ChangeConditions.Check"/> says what it may not have.</param>
    /// <param name="after">The position to begin after.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<ChangeBatch> ReadAsync(CityQuery query, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryReadLive(query, after) is { } batch)
            {
                yield return batch;
                bool isQuiet = batch.Position == after;
                after = batch.Position;
                if (isQuiet)
                {
                    await view.WaitAsync(after + 1, QuietPause, cancellation);
                }
                continue;
            }
            foreach (ChangeBatch old in await ReadPastAsync(query, after, cancellation))
            {
                yield return old;
                after = old.Position;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _onePast.Dispose();

    private ChangeBatch? TryReadLive(CityQuery query, long after)
    {
        try
        {
            return new ChangeReading(view, query, host.Runtime.Rules, after).Read();
        }
        catch (QueryPositionLostException)
        {
            return null;
        }
    }

    // Some batches from the journal; none while it cannot be read.
    private async Task<IReadOnlyList<ChangeBatch>> ReadPastAsync(CityQuery query, long after, CancellationToken cancellation)
    {
        await _onePast.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => ReadPast(query, after, cancellation), cancellation);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or JournalException or ObjectDisposedException)
        {
            // The city recovers: the journal is opened anew.
            await Task.Delay(RetryPause, cancellation);
            return [];
        }
        finally
        {
            _onePast.Release();
        }
    }

    // Until there is enough to tell, or the live view can take over: it keeps the changes after some position, and more of them come meanwhile.
    private List<ChangeBatch> ReadPast(CityQuery query, long after, CancellationToken cancellation)
    {
        IJournal journal = host.Journal;
        var past = new QueryView(new QueryViewOptions { SearchesTexts = false, ChangesMax = 8 * EventsAtOnce });
        PastViews.Load(journal, past, Math.Min(after, journal.Position));
        List<ChangeBatch> batches = [];
        long end = after + PastEventsMax;
        int changes = 0;
        while (after < end && changes < PastChangesMax && TryReadLive(query, after) is null)
        {
            cancellation.ThrowIfCancellationRequested();
            long upTo = Math.Min(after + EventsAtOnce, view.Position);
            foreach (RecordedEvent recorded in journal.ReadForward(after, upTo))
            {
                past.Apply(recorded);
            }
            while (after < upTo)
            {
                ChangeBatch batch = new ChangeReading(past, query, host.Runtime.Rules, after).Read();
                batches.Add(batch);
                changes += batch.Changes.Count;
                after = batch.Position;
            }
        }
        return batches;
    }
}
