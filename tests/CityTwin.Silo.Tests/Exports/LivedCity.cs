using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Silo.Tests.Exports;

/// <summary>A city with some days of life in an SQLite journal, made by commands through the runtime.</summary>
internal sealed class LivedCity : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CityUnderTest _city;

    private LivedCity(string? journal)
    {
        Journal = journal ?? Path.Combine(_folder.Path, "city.db");
        _city = new CityUnderTest(() => JournalFactory.Open(Journal, CityTwins.Types));
    }

    /// <summary>The journal: a file of its own, or the address of a database.</summary>
    public string Journal { get; }

    public DateTimeOffset SecondDay { get; } = CityUnderTest.Start.AddDays(1);

    public string File(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Sixty cases over three days; each goes as far in its life as the random numbers say.</summary>
    public static async Task<LivedCity> LiveAsync(int seed, string? journal = null)
    {
        var random = new Random(seed);
        LivedCity lived = new(journal);
        CityUnderTest city = await lived._city.OpenAsync();
        string[] categories = ["noise", "roads-drainage", "security"];
        List<TwinId> cases = [];
        for (int i = 1; i <= 60; i++)
        {
            if (i % 20 == 0)
            {
                await city.Runtime.AdvanceAsync(city.Runtime.Clock.Now.AddDays(1));
            }
            await city.Runtime.AdvanceAsync(city.Runtime.Clock.Now.AddSeconds(random.Next(1, 200)));
            TwinId id = TwinId.Case(i);
            TwinId commune = CityUnderTest.Hue.Offices[random.Next(3)].Profile.Id;
            await city.SendAsync(id, new CaseCommand.FileFeedback(categories[random.Next(3)], commune, default, Channel.App, "Văn bản riêng của dân <&>"));
            cases.Add(id);
            for (int step = 0; step < random.Next(8); step++)
            {
                await StepAsync(city, cases[random.Next(cases.Count)], random);
            }
        }
        return lived;
    }

    /// <summary>The events of the journal, read without the code under test.</summary>
    public async Task<List<RecordedEvent>> EventsAsync()
    {
        await Task.Yield();
        IJournal journal = _city.City.Journal;
        return [.. journal.ReadForward(0, journal.Position)];
    }

    public async ValueTask DisposeAsync()
    {
        await _city.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task StepAsync(CityUnderTest city, TwinId id, Random random)
    {
        CaseState state = await city.CaseAsync(id);
        if (state.Stage == CaseStage.Queued)
        {
            DeskState desk = (DeskState)(await city.Runtime.ReadAsync(state.Desk)).State;
            await city.SendAsync(state.Desk, new DeskCommand.Start(id, desk.Officials[0]));
            return;
        }
        TwinCommand command = state.Stage switch
        {
            CaseStage.InProgress => random.Next(5) switch
            {
                0 => new CaseCommand.AskCitizen(state.Official, [], "Ở đâu?"),
                1 when state.Office.Kind == TwinKind.Commune => new CaseCommand.Escalate(state.Official, "Khó"),
                2 => new CaseCommand.Reject(state.Official, "Không"),
                _ => new CaseCommand.Resolve(state.Official, "Xong"),
            },
            CaseStage.WaitingForCitizen => new CaseCommand.Answer([], "Đây"),
            CaseStage.Resolved => new CaseCommand.ReturnResult(),
            CaseStage.Returned => new CaseCommand.Rate(random.Next(1, 6)),
            CaseStage.Rejected => new CaseCommand.Reopen("Không phục"),
            _ => new CaseCommand.Withdraw(),
        };
        await city.SendAsync(id, command);
    }
}
