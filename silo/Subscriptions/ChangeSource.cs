using System.Runtime.CompilerServices;
using CityTwin.Grains;
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

    private static readonly TimeSpan QuietPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    // Each reading of the past builds a view of its own: one at a time.
    private readonly SemaphoreSlim _onePast = new(1);

    /// <summary>The position that the live view has taken in.</summary>
    public long Position => view.Position;

    /// <summary>Batches of changes after a position, for ever. When nothing happens, an empty batch comes every 15 s.</summary>
    /// <param name="query">The condition; see <see cref="ChangeConditions.Check"/> for what it may not have.</param>
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
            await _onePast.WaitAsync(cancellation);
            try
            {
                if (await TryOpenPastAsync(after, cancellation) is { } past)
                {
                    foreach (ChangeBatch old in ReadPast(past, query, after))
                    {
                        after = old.Position;
                        yield return old;
                        cancellation.ThrowIfCancellationRequested();
                    }
                }
            }
            finally
            {
                _onePast.Release();
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

    private async Task<(QueryView View, IJournal Journal)?> TryOpenPastAsync(long after, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() =>
            {
                IJournal journal = host.Journal;
                var past = new QueryView(new QueryViewOptions { SearchesTexts = false, ChangesMax = 8 * EventsAtOnce });
                PastViews.Load(journal, past, Math.Min(after, journal.Position));
                return (past, journal);
            }, cancellation);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or JournalException)
        {
            await Task.Delay(RetryPause, cancellation);
            return null;
        }
    }

    // Until the live view can take over: it keeps the changes after some position, and that is reached while more happens.
    private IEnumerable<ChangeBatch> ReadPast((QueryView View, IJournal Journal) past, CityQuery query, long after)
    {
        while (TryReadLive(query, after) is null)
        {
            long upTo = Math.Min(after + EventsAtOnce, view.Position);
            if (upTo <= after || !TryFeed(past, after, upTo))
            {
                yield break;
            }
            for (ChangeBatch batch; after < upTo; after = batch.Position)
            {
                batch = new ChangeReading(past.View, query, host.Runtime.Rules, after).Read();
                yield return batch;
            }
        }
    }

    private static bool TryFeed((QueryView View, IJournal Journal) past, long after, long upTo)
    {
        try
        {
            foreach (RecordedEvent recorded in past.Journal.ReadForward(after, upTo))
            {
                past.View.Apply(recorded);
            }
            return true;
        }
        catch (Exception e) when (e is JournalException or ObjectDisposedException)
        {
            // The city recovers: the next reading begins after the last batch, over the journal opened anew.
            return false;
        }
    }
}
