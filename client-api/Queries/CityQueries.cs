using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Queries;

/// <summary>Limits of asking.</summary>
internal sealed record QueryOptions
{
    /// <summary>What one query may cost, in steps of about 10 ns. 1,000 to 10^12, default 50,000,000.</summary>
    public long CostMax { get; init; } = 50_000_000;

    /// <summary>Costly queries that run at once. 1 to 1,000, default the number of processors.</summary>
    public int AtOnceMax { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Costly queries that may wait; one more is answered "come back later". 0 to 100,000, default 64.</summary>
    public int WaitingMax { get; init; } = 64;

    /// <summary>How long a query waits for <c>after=</c>. 0 to 60 s, default 2 s.</summary>
    public TimeSpan AfterTimeMax { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Asks the living city, or the city as it was. Safe to use from any thread.</summary>
internal sealed class CityQueries(ICityHost host, CityDefinition definition, QueryView view, ReadingIngest readings, QueryOptions options) : IDisposable
{
    // A query of less than a millisecond or so waits for nobody.
    private const long CheapCost = 100_000;

    private readonly QueryEngine _engine = new(view, new QueryLimits { CostMax = options.CostMax });
    private readonly SemaphoreSlim _atOnce = new(options.AtOnceMax);
    private readonly Lock _pastGate = new();
    private readonly ReadingLists _readingLists = new();
    private QueryEngine? _past;
    private int _waiting;

    /// <summary>The live view.</summary>
    public QueryView View => view;

    /// <summary>What one query may cost, in steps of about 10 ns.</summary>
    public long CostMax => options.CostMax;

    /// <summary>Reads a request.</summary>
    /// <exception cref="QueryFormatException">It cannot be read.</exception>
    public CityQuery Read(QueryRequest request) => CityQuery.Read(request, host.Runtime.Rules.Calendar);

    /// <summary>Reads the request of somebody who wants to be told of changes.</summary>
    /// <exception cref="QueryFormatException">It cannot be read.</exception>
    public CityQuery ReadForChanges(QueryRequest request) => CityQuery.ReadForChanges(request, host.Runtime.Rules.Calendar);

    /// <summary>Answers a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="at">As of this moment; null: now.</param>
    /// <param name="after">No older than this journal position; null: whatever the view has.</param>
    /// <param name="cancellation">The caller gave up.</param>
    /// <exception cref="ProblemException">Too costly, not there yet, or asked in a way that cannot be answered.</exception>
    public async Task<QueryAnswer> AnswerAsync(CityQuery query, DateTimeOffset? at, long? after, CancellationToken cancellation)
    {
        bool searches = query.Condition?.SearchesWords == true;
        if (at is { } moment)
        {
            return searches
                ? throw new ProblemException(Problem.InvalidRequest("?at", "the words of reports can be searched in the living city only: leave out at, or the words"))
                : await Task.Run(() => AnswerPastAsync(query, moment, cancellation), cancellation);
        }
        if (after is { } position)
        {
            await WaitAsync(position, cancellation);
        }
        if (searches && view.NeedsTexts)
        {
            throw new ProblemException(QueryProblems.TextsLoading);
        }
        return await AnswerLiveAsync(query, cancellation);
    }

    /// <summary>Waits until the view has a position.</summary>
    /// <exception cref="ProblemException">The journal has no such position, or the view takes too long.</exception>
    public async Task WaitAsync(long position, CancellationToken cancellation)
    {
        if (position > view.Position && position > host.Runtime.Position && host.StandbyLag is null)
        {
            throw new ProblemException(Problem.InvalidRequest("?after", $"nothing has this position yet: the journal ends at {host.Runtime.Position}"));
        }
        if (!await view.WaitAsync(position, options.AfterTimeMax, cancellation))
        {
            throw new ProblemException(QueryProblems.Behind(view.Position, position));
        }
    }

    /// <summary>Waits until lists show what a writer was just told, for those whose protocol has no <c>after</c>; not for long: it is written all the same.</summary>
    public async Task ShowAsync(long position, CancellationToken cancellation) => _ = await view.WaitAsync(position, options.AfterTimeMax, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _atOnce.Dispose();

    private async Task<QueryAnswer> AnswerLiveAsync(CityQuery query, CancellationToken cancellation)
    {
        var circumstances = new QueryCircumstances(host.Runtime.Clock.Now, host.Runtime.Rules, query.ReadsReadings ? ReadingsFor(query) : null);
        try
        {
            if (_engine.Cost(query, circumstances) <= CheapCost)
            {
                return Remember(_engine.Answer(query, circumstances, cancellation), circumstances);
            }
            await EnterAsync(cancellation);
            try
            {
                return Remember(await Task.Run(() => _engine.Answer(query, circumstances, cancellation), cancellation), circumstances);
            }
            finally
            {
                _atOnce.Release();
            }
        }
        catch (QueryTooCostlyException e)
        {
            throw new ProblemException(QueryProblems.TooCostly(e));
        }
        catch (QueryPositionLostException e) when (query.Cursor is not null)
        {
            // The list goes on as it was: the journal has its position.
            return Remember(await Task.Run(() => PastAt(e.Position).Answer(query, circumstances, cancellation), cancellation), circumstances);
        }
    }

    // The pages after the first see the readings that the first page saw.
    private KeptReadings? ReadingsFor(CityQuery query)
    {
        if (query.Cursor is not null)
        {
            return _readingLists.Find(query) ?? throw new ProblemException(Problem.InvalidRequest("?cursor", "the readings of this list are not kept any more: begin it again"));
        }
        return readings.Follower is { IsReady: true } now ? new KeptReadings(now)
            : query.DependsOnReadings ? throw new ProblemException(Problem.ReadingsElsewhere)
            : null;
    }

    private QueryAnswer Remember(QueryAnswer answer, in QueryCircumstances circumstances)
    {
        if (answer.Next is not null && circumstances.Readings is KeptReadings kept)
        {
            _readingLists.Keep(answer, kept);
        }
        return answer;
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > options.WaitingMax + options.AtOnceMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ProblemException(Problem.Overloaded);
        }
        try
        {
            await _atOnce.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<QueryAnswer> AnswerPastAsync(CityQuery query, DateTimeOffset at, CancellationToken cancellation)
    {
        var city = (CityState)(await host.Runtime.ReadAsync(definition.Id, at)).State;
        long position = query.Cursor?.Position ?? host.Journal.PositionAt(at);
        PastReadings? then = query.ReadsReadings && readings.Store is { } store ? await PastReadings.OpenAsync(store, at) : null;
        if (then is null && query.DependsOnReadings)
        {
            throw new ProblemException(Problem.ReadingsElsewhere);
        }
        try
        {
            return PastAt(position).Answer(query, new QueryCircumstances(at, CityPolicy.InForce(definition.Rules, city), then), cancellation);
        }
        catch (QueryTooCostlyException e)
        {
            throw new ProblemException(QueryProblems.TooCostly(e));
        }
    }

    // One city of the past is kept, as lists are read page by page; building one reads a part of the journal, and one at a time is enough.
    private QueryEngine PastAt(long position)
    {
        lock (_pastGate)
        {
            if (_past is { } kept && kept.View.Position == position)
            {
                return kept;
            }
            IJournal journal = host.Journal;
            if (position > journal.Position)
            {
                throw new ProblemException(Problem.InvalidRequest("?cursor", "is of a position that the journal does not have"));
            }
            var past = new QueryView(new QueryViewOptions { SearchesTexts = false });
            PastViews.Load(journal, past, position);
            return _past = new QueryEngine(past, new QueryLimits { CostMax = options.CostMax });
        }
    }
}
