using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>The way into a city over HTTP: one request for each intent, many at once.</summary>
internal sealed class HttpDoor(HttpSender sender, HttpPace pace, int concurrency) : ICityDoor
{
    private const string ProblemPrefix = "urn:citytwin:problem:";
    private const int HistoryPage = 1_000;
    private static readonly TimeSpan FollowsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LagPause = TimeSpan.FromMilliseconds(20);

    private static readonly Dictionary<string, Refusal> RefusalOf =
        Enum.GetValues<Refusal>().ToDictionary(r => JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString()), r => r, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stop) => pace.ReachAsync(at, stop);

    /// <inheritdoc/>
    public ValueTask PlayAsync(ReadOnlyMemory<Intent> intents, Memory<Outcome> outcomes) =>
        EachAsync(intents.Length, async i =>
        {
            Outcome outcome = await PlayAsync(intents.Span[i]);
            outcomes.Span[i] = outcome;
        });

    /// <inheritdoc/>
    public async ValueTask<CaseAccount?> CaseAsync(TwinId id)
    {
        var account = default(CaseAccount);
        string? cursor = null;
        do
        {
            string path = $"/cases/{id.NumberText}/history?limit={HistoryPage}{(cursor is null ? "" : "&cursor=" + cursor)}";
            HttpAnswer answer = await sender.SendAsync(HttpMethod.Get, path);
            if (answer.Status == HttpStatusCode.NotFound)
            {
                return null;
            }
            HttpWire.History page = HttpWire.Read<HttpWire.History>(Expect(answer));
            foreach (HttpWire.HistoryEvent happened in page.Items)
            {
                account.Fold((CaseEvent)JournalJson.Read(happened.Type, JsonSerializer.SerializeToUtf8Bytes(happened.Data)));
            }
            cursor = page.Next;
        }
        while (cursor is not null);
        return account;
    }

    /// <inheritdoc/>
    public ValueTask CasesAsync(ReadOnlyMemory<TwinId> ids, Memory<CaseAccount?> accounts) =>
        EachAsync(ids.Length, async i =>
        {
            CaseAccount? account = await CaseAsync(ids.Span[i]);
            accounts.Span[i] = account;
        });

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<OfficeAccount>> BoardAsync()
    {
        HttpWire.Board board = await ReadBoardAsync();
        while (board.Lag > 0)
        {
            await Task.Delay(LagPause);
            board = await ReadBoardAsync();
        }
        return [.. board.Offices.Select(o => new OfficeAccount(
            o.Profile.Id, o.Figures.Filed, o.Figures.EscalatedIn, o.Figures.EscalatedOut, o.Figures.Resolved, o.Figures.Rejected, o.Figures.Withdrawn,
            o.Figures.OnTime, o.Figures.Ratings))];
    }

    /// <summary>The board as it stands.</summary>
    public async Task<HttpWire.Board> ReadBoardAsync() => HttpWire.Read<HttpWire.Board>(Expect(await sender.SendAsync(HttpMethod.Get, "/board")));

    private async Task<Outcome> PlayAsync(Intent intent)
    {
        (string path, byte[] body) = HttpRequests.Of(in intent);
        HttpAnswer answer = await sender.SendAsync(HttpMethod.Post, path, body, intent.Id.ToString());
        if (!answer.IsSuccess)
        {
            return Outcome.Refused(RefusalIn(answer));
        }
        if (intent.Kind == IntentKind.TakeNext)
        {
            return HttpWire.Read<HttpWire.DeskAnswer>(answer.Body).Taken is { } taken ? Outcome.Taken(taken) : Outcome.Refused(Refusal.DeskEmpty);
        }
        HttpWire.CaseBody state = HttpWire.Read<HttpWire.CaseAnswer>(answer.Body).Case;

        // An answer can be given amid what follows. At one process a reading comes after all of it; at a cluster whose node was just killed,
        // or whose machine is busy, what follows may take seconds more.
        for (long began = Stopwatch.GetTimestamp(); state.Stage == CaseStage.Received && Stopwatch.GetElapsedTime(began) < FollowsWithin;)
        {
            state = HttpWire.Read<HttpWire.CaseBody>(Expect(await sender.SendAsync(HttpMethod.Get, $"/cases/{state.Id.NumberText}")));
            await Task.Delay(state.Stage == CaseStage.Received ? LagPause : TimeSpan.Zero);
        }
        return new Outcome(
            true, Refusal.None, state.Id, state.Stage, state.Service, state.Office, state.Desk ?? default, state.DueAt, state.Until, state.OnTime,
            state.Missing, state.Needed.Length, state.Reused);
    }

    private byte[] Expect(HttpAnswer answer) => answer.IsSuccess ? answer.Body : throw Unexpected(answer);

    private Refusal RefusalIn(HttpAnswer answer)
    {
        HttpWire.Problem problem = HttpWire.Read<HttpWire.Problem>(answer.Body);
        string name = problem.Type.StartsWith(ProblemPrefix, StringComparison.Ordinal) ? problem.Type[ProblemPrefix.Length..] : problem.Type;
        return RefusalOf.TryGetValue(name, out Refusal refusal) ? refusal : throw Unexpected(answer);
    }

    private DoorShutException Unexpected(HttpAnswer answer)
    {
        string why = answer.Body.Length == 0 ? "" : Describe(HttpWire.Read<HttpWire.Problem>(answer.Body));
        return new DoorShutException($"{sender.Url} answers {(int)answer.Status}{why}");
    }

    private static string Describe(HttpWire.Problem p)
    {
        string errors = p.Errors is { Count: > 0 } ? $" ({string.Join("; ", p.Errors.Select(e => $"{e.Path} {e.Reason}"))})" : "";
        return $": {p.Title}{(p.Detail is null ? "" : ". " + p.Detail)}{errors}";
    }

    private async ValueTask EachAsync(int count, Func<int, Task> work)
    {
        int next = -1;
        var workers = new Task[Math.Min(concurrency, count)];
        for (int w = 0; w < workers.Length; w++)
        {
            workers[w] = WorkAsync();
        }
        await Task.WhenAll(workers);

        async Task WorkAsync()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await work(i);
            }
        }
    }
}
