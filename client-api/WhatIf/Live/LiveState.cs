using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;
using CityTwin.Simulation.Live;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Reads the whole city as of one journal position, for a simulation to start from. Only reads: one at a time, and nothing of it is kept.</summary>
internal static class LiveState
{
    private const int PageSize = 500;
    private const int TogetherMax = 64;
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>The city now, or at an earlier moment.</summary>
    /// <param name="api">The running city.</param>
    /// <param name="at">The moment, not in the future; null: now.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RuntimeUnavailableException">The city starts, recovers or stops.</exception>
    public static Task<LiveCity> ReadAsync(CityApi api, DateTimeOffset? at, CancellationToken stop)
    {
        long position = at is { } moment ? api.Journal.PositionAt(moment) : api.Journal.Position;
        return ReadAsync(api, at ?? api.Runtime.Clock.Now, position, stop);
    }

    /// <summary>The city as of a moment and the position that the journal had then.</summary>
    public static async Task<LiveCity> ReadAsync(CityApi api, DateTimeOffset at, long position, CancellationToken stop)
    {
        await OneAtATime.WaitAsync(stop);
        try
        {
            return await Task.Run(() => ReadAloneAsync(api, at, position, stop), stop);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>The policy that was in force at a position.</summary>
    public static async Task<CityState> PolicyAsync(CityApi api, long position) =>
        (await api.Host.ReadAsync(api.Definition.Id, position)).State as CityState ?? CityState.Absent;

    private static async Task<LiveCity> ReadAloneAsync(CityApi api, DateTimeOffset at, long position, CancellationToken stop)
    {
        // The view of the past, even for now: everything in it is of one position, and the live one is not held up.
        var view = new CityView(api.Definition.Rules.Calendar, new CityViewOptions { FinishedCasesMax = 0 });
        PastViews.Load(api.Journal, view, position);
        WorkCalendar calendar = CityPolicy.InForce(api.Definition.Rules, await PolicyAsync(api, position)).Calendar;
        LiveDesk[] desks = await EachAsync(view.Board.Desks().Where(d => !d.Closed), d => DeskAsync(api, d, position), stop);
        LiveCase[] cases = await EachAsync(OpenCases(view, stop), c => CaseAsync(api, calendar, c, at, position), stop);
        return new LiveCity(at.ToUniversalTime(), [.. desks], [.. cases]);
    }

    private static IEnumerable<CaseLine> OpenCases(CityView view, CancellationToken stop)
    {
        CasePlace? after = null;
        do
        {
            stop.ThrowIfCancellationRequested();
            CasePage page = view.Cases.List(new CaseQuery(new CaseFilter { Open = true }, CaseOrder.FiledAt, false, PageSize, after));
            foreach (CaseLine line in page.Cases)
            {
                yield return line;
            }
            after = page.Next;
        }
        while (after is not null);
    }

    private static async ValueTask<LiveDesk> DeskAsync(CityApi api, DeskLine line, long position)
    {
        var state = (DeskState)(await api.Host.ReadAsync(line.Desk, position)).State;
        return new LiveDesk(line.Desk, line.Office, line.NameEn, line.Skills, state.Discipline, state.Officials);
    }

    // Only a stopped deadline and work in hand need what a list does not have.
    private static async ValueTask<LiveCase> CaseAsync(CityApi api, WorkCalendar calendar, CaseLine line, DateTimeOffset at, long position)
    {
        TimeSpan remaining = default;
        TimeSpan worked = default;
        if (line.Stage is CaseStage.WaitingForCitizen or CaseStage.InProgress)
        {
            var state = (CaseState)(await api.Host.ReadAsync(line.Case, position)).State;
            remaining = line.Stage == CaseStage.WaitingForCitizen ? state.Remaining : default;
            worked = state.Worked + (line.Stage == CaseStage.InProgress ? calendar.Between(state.StageAt, at) : default);
        }
        return new LiveCase(
            line.Case, line.Service, (LiveStage)line.Stage, line.Commune, line.Office, line.Desk,
            line.Stage == CaseStage.InProgress ? line.Official : default, line.Urgency, line.FiledAt, line.StageAt, line.DueAt, remaining, worked,
            line.Escalations > 0);
    }

    private static async Task<TResult[]> EachAsync<T, TResult>(IEnumerable<T> items, Func<T, ValueTask<TResult>> read, CancellationToken stop)
    {
        var results = new List<TResult>();
        foreach (T[] some in items.Chunk(TogetherMax))
        {
            stop.ThrowIfCancellationRequested();
            results.AddRange(await Task.WhenAll(some.Select(i => read(i).AsTask())));
        }
        return [.. results];
    }
}
