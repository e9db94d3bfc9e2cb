using CityTwin.Silo.Tests.Postgres;
using CityTwin.Simulation.Cli.Drive.Sensors;
using CityTwin.Simulation.Tests.Drive;

namespace CityTwin.Simulation.Tests.Sensors;

/// <summary>kill -9 of the real server in the middle of a load of QoS 1, over both kinds of storage: readings and alerts are as if it had lived.</summary>
public sealed class SensorKillTests(ITestOutputHelper output)
{
    private const int Readings = 40 * 58 * 12;

    // Each time so many readings are acknowledged, the server is killed.
    private static readonly long[] KillAt = [4_000, 11_000, 19_000];

    [Fact]
    public async Task Every_reading_that_a_killed_server_had_acknowledged_is_in_its_file_once()
    {
        await using var server = new ServerProcess(takesMqtt: true);
        await DriveAsync(server);
    }

    [Fact]
    public async Task Every_reading_that_a_killed_server_had_acknowledged_is_in_PostgreSQL_once()
    {
        Assert.SkipUnless(PostgresServer.Programs is not null || Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL is not installed");
        await using PostgresServer postgres = await PostgresServer.StartAsync();
        await using var server = new ServerProcess(postgres.NewAddress(), takesMqtt: true);
        await DriveAsync(server);
    }

    private async Task DriveAsync(ServerProcess server)
    {
        await server.StartAsync();
        TaskCompletionSource[] reached = [.. KillAt.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        var arguments = new SensorDriveArguments
        {
            City = "hue",
            Sensors = 40,
            RatePerSecond = 20_000,
            Connections = 4,
            Mqtt = server.Mqtt,
            Url = server.Url,
            Json = true,
            Told = count =>
            {
                if (Array.IndexOf(KillAt, count) is >= 0 and var place)
                {
                    reached[place].SetResult();
                }
            },
        };
        Task<SensorDriveReport> driving = SensorDrive.RunAsync(arguments, TestContext.Current.CancellationToken);
        foreach (TaskCompletionSource next in reached)
        {
            await Task.WhenAny(next.Task, driving);
            await server.KillAndRestartAsync();
        }
        SensorDriveReport report = await driving;
        output.WriteLine($"{report.Acknowledged} acknowledged, {report.Reconnections} reconnections, {server.Kills} kills, {report.Rate}/s");
        Assert.Empty(report.FirstDifferences);
        Assert.Equal(0, report.Differences);
        Assert.Equal(Readings, report.Acknowledged);
        Assert.Equal(report.Acknowledged, report.Stored);
        Assert.True(report.RaisedExpected >= 6 && report.ClearedExpected >= 6, "the flood raises and clears three levels at each of two gauges");
        Assert.True(report.Reconnections >= 4, "the server was killed while readings were under way");
    }
}
