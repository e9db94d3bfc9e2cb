using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;
using CityTwin.Silo.Tests.Queries;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Silo.Tests.Subscriptions;

public sealed class ChangeSourceTests
{
    [Fact]
    public async Task Changes_from_the_journal_and_from_the_live_view_are_those_that_the_history_tells()
    {
        using var folder = new TemporaryFolder();
        var view = new QueryView(new QueryViewOptions { ChangesMax = 1_024 });
        await using CityUnderTest city = await new CityUnderTest(() => SqliteJournal.Open(folder.File("city.db"), CityTwins.Types), new EmbeddedOptions { PastViewEvery = 1_000 }, [view]).OpenAsync();
        long founded = city.Runtime.Position;
        await city.SendTogetherAsync(900, i => (TwinId.Case(i), city.Report(CityUnderTest.Hue.Offices[i % 5].Profile.Id)));
        using var source = new ChangeSource(city.City, view);
        TwinId commune = CityUnderTest.Hue.Offices[2].Profile.Id;
        CityQuery query = CityQuery.Read(new QueryRequest { Type = "case", Q = $"commune=={commune};stage==queued,inProgress", Select = "id,stage" }, CityUnderTestRules.Calendar);

        List<QueryChange> told = [];
        bool more = true;
        await foreach (ChangeBatch batch in source.ReadAsync(query, 0, TestContext.Current.CancellationToken))
        {
            told.AddRange(batch.Changes);
            if (more && batch.Position >= city.Runtime.Position)
            {
                // The rest comes live.
                await city.InHandAsync(TwinId.Case(5_002));
                await city.SendTogetherAsync(100, i => (TwinId.Case(6_000 + i), city.Report(commune)));
                more = false;
            }
            else if (batch.Position >= city.Runtime.Position)
            {
                break;
            }
        }

        List<string> expected = [];
        Dictionary<TwinId, CaseState> states = [];
        foreach (RecordedEvent e in city.City.Journal.ReadForward(founded, city.Runtime.Position).Where(e => e.Event is CaseEvent))
        {
            CaseState before = states.GetValueOrDefault(e.Twin, CaseState.Absent);
            CaseState after = states[e.Twin] = CaseDecider.Evolve(before, (CaseEvent)e.Event);
            ChangeKind? kind = (Is(before), Is(after)) switch { (false, true) => ChangeKind.Entered, (true, true) => ChangeKind.Changed, (true, false) => ChangeKind.Left, _ => null };
            if (kind is not null)
            {
                expected.Add($"{e.Position} {e.Twin} {kind}");
            }
        }
        Assert.True(expected.Count > 250);
        Assert.Equal(expected, told.Select(c => $"{c.Position} {c.Twin} {c.Kind}"));
        bool Is(CaseState s) => s.Commune == commune && s.Stage is CaseStage.Queued or CaseStage.InProgress && s.Commune == commune;
    }

    [Theory]
    [InlineData("deadline<now", null)]
    [InlineData("stage==queued;remaining<4", null)]
    [InlineData("description~=\"x\"", null)]
    [InlineData(null, "deadline")]
    public void What_moves_with_the_clock_or_has_an_order_cannot_be_followed(string? q, string? order) => Assert.Throws<QueryFormatException>(() =>
        ChangeConditions.Check(CityQuery.Read(new QueryRequest { Type = "case", Q = q, OrderBy = order }, CityUnderTestRules.Calendar)));

    [Fact]
    public void Cursors_and_dead_letters_outlive_the_store_and_the_oldest_letters_go_first()
    {
        using var folder = new TemporaryFolder();
        var subscription = new Subscription { Id = "a", Query = new QueryRequest { Type = "case" }, Target = new Uri("http://example.org/"), Secret = new byte[24] };
        using (var store = new SubscriptionStore(folder.File("s.db")))
        {
            store.Add(subscription, 5);
            for (int i = 1; i <= 7; i++)
            {
                store.SetAside("a", new DeadLetter(0, i * 10, "case/1", DateTimeOffset.UnixEpoch, 3, "no", [1, 2]), i, keptMax: 4);
            }
        }
        using var again = new SubscriptionStore(folder.File("s.db"));
        (Subscription kept, long cursor, long delivered) = Assert.Single(again.All());
        Assert.Equal(("a", 70L, 7L, subscription.Target), (kept.Id, cursor, delivered, kept.Target));
        Assert.Equal([40, 50, 60, 70], again.DeadLetters("a", 0, 10).Select(l => l.Position));
        again.RemoveDeadLetter("a", again.DeadLetters("a", 0, 1)[0].Number);
        Assert.Equal(3, again.DeadLetterCount("a"));
    }
}
