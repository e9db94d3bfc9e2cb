using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Silo.Tests.Journal;

/// <summary>The views for analysts, and every query that docs/postgres.md shows, on a real server.</summary>
public sealed partial class PostgresViewsTests(PostgresFixture fixture)
{
    private readonly string _address = fixture.Server.NewAddress();

    [Fact]
    public async Task The_views_say_what_happened()
    {
        await PlayAsync();

        Assert.Equal(3L, Scalar("SELECT count(*) FROM cases"));
        Assert.Equal(TimeSpan.FromMinutes(40), Scalar($"SELECT lead_time FROM cases WHERE \"case\" = '{TwinId.Case(1)}'"));
        Assert.Equal(true, Scalar($"SELECT on_time FROM cases WHERE \"case\" = '{TwinId.Case(1)}'"));
        Assert.Equal(true, Scalar($"SELECT withdrawn AND decided_at IS NULL FROM cases WHERE \"case\" = '{TwinId.Case(2)}'"));
        Assert.Equal("3 1 1", Scalar($"SELECT concat_ws(' ', filed, resolved, withdrawn) FROM daily_counts WHERE commune = '{CityUnderTest.Hue.Offices[0].Profile.Id}'"));
        Assert.Equal(1m, Scalar("SELECT sum(taken) FROM desk_work"));
        Assert.Equal(1L, Scalar("SELECT pieces FROM official_work"));
        Assert.Equal(TwinId.Official(19753001).ToString(), Scalar($"SELECT twin_text({TwinId.Official(19753001).Value})"));
        Assert.Equal(TwinId.City(46).ToString(), Scalar($"SELECT twin_text({TwinId.City(46).Value})"));
        Assert.Equal(new TimeSpan(2, 3, 4, 5, 500), Scalar("SELECT span('2.03:04:05.5')"));
    }

    [Fact]
    public async Task What_events_leave_out_because_it_is_the_default_the_views_say()
    {
        await using (CityUnderTest city = await new CityUnderTest(() => PostgresJournal.Open(_address, CityTwins.Types)).OpenAsync())
        {
            (_, TwinId official) = await city.InHandAsync(TwinId.Case(1));
            Assert.True((await city.SendAsync(TwinId.Case(1), new CaseCommand.Resolve(official, "đã sửa"))).IsSuccess);
            await city.SendAsync(TwinId.Case(2), city.Report() with { Urgency = Urgency.High });
        }
        Assert.Equal("normal high", Scalar("SELECT string_agg(urgency, ' ' ORDER BY case_number) FROM cases"));
        Assert.Equal(TimeSpan.Zero, Scalar("SELECT worked FROM official_work"));
    }

    [Fact]
    public async Task Every_query_of_the_documentation_runs()
    {
        await PlayAsync();
        string page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "postgres.md"), TestContext.Current.CancellationToken);
        string[] queries = [.. Sql().Matches(page).Select(m => m.Groups[1].Value)];

        Assert.True(queries.Length >= 4);
        Assert.All(queries, q => Scalar(q));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private object? Scalar(string sql) => PostgresServer.Execute(_address, sql);

    private async Task PlayAsync()
    {
        await using CityUnderTest city = await new CityUnderTest(() => PostgresJournal.Open(_address, CityTwins.Types)).OpenAsync();
        (_, TwinId official) = await city.InHandAsync(TwinId.Case(1));
        await city.SendAsync(TwinId.Case(2), city.Report());
        await city.SendAsync(TwinId.Case(3), city.Report());
        await city.SendAsync(TwinId.Case(2), new CaseCommand.Withdraw());
        await city.Runtime.AdvanceAsync(CityUnderTest.Start.AddMinutes(40));
        Reply resolved = await city.SendAsync(TwinId.Case(1), new CaseCommand.Resolve(official, "đã sửa"));
        Assert.True(resolved.IsSuccess);
    }

    [GeneratedRegex(@"```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sql();
}
