using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CityTwin.Silo;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>A city whose nodes are processes over one database, and citizens and officials who are played by another process.</summary>
internal sealed class DrivenCity(string city, string address, TimeSpan patience) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-cluster-").FullName;
    private readonly List<NodeProcess> _nodes = [];
    private readonly ConcurrentQueue<string> _told = new();
    private Process? _drive;
    private Task<string> _printed = Task.FromResult("");

    /// <summary>Starts a node and waits until it is up.</summary>
    public async Task<NodeProcess> JoinAsync()
    {
        NodeProcess node = await NodeProcess.StartAsync(
            _folder, "--city", city, "--journal", address, "--clock", "driven", "--start", "2025-07-01T06:00:00+07:00", "--drain", "3");
        _nodes.Add(node);
        return node;
    }

    /// <summary>Begins to play, through one node.</summary>
    /// <param name="through">The node.</param>
    /// <param name="days">Days of arrivals.</param>
    /// <param name="rate">Times the usual volume.</param>
    public void Drive(NodeProcess through, string days, string rate)
    {
        _drive = NodeProcess.Start(_folder, "simulation", ["drive", "--city", city, "--days", days, "--rate", rate, "--concurrency", "512", "--url", through.Url.ToString(), "--json"], _told.Enqueue);
        _printed = _drive.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The last position of the journal.</summary>
    public long Position() => Number("SELECT position FROM cluster");

    public long Number(string sql) => (long)PostgresServer.Execute(address, sql)!;

    /// <summary>Waits until so many events have been written, while it is played.</summary>
    public async Task UntilAsync(long position)
    {
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => Position() >= position || _drive!.HasExited, patience)), "nothing is written any more");
        Assert.False(_drive!.HasExited, $"the drive ended before position {position}: {string.Join('\n', _told)}");
    }

    /// <summary>Waits for the end of the play; its ledger and the city's must be equal, and the journal in order.</summary>
    /// <returns>The driver's report.</returns>
    public async Task<JsonElement> EndAsync()
    {
        using CancellationTokenSource end = new(patience);
        await _drive!.WaitForExitAsync(end.Token);
        string printed = await _printed;
        Assert.True(_drive.ExitCode == 0, $"the drive ended with {_drive.ExitCode}: {string.Join('\n', _told)} {printed}\n{string.Join('\n', _nodes.Select(n => n.Last))}");
        JsonElement report = JsonDocument.Parse(printed).RootElement;
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
        Assert.Equal(0, report.GetProperty("differences").GetInt32());
        Assert.True(report.GetProperty("casesChecked").GetInt32() > 0);
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => Number("SELECT count(*) FROM outbox") == 0, patience)), "messages wait in the outbox");
        Assert.Empty(JournalVerification.Run(address, CityTwins.Types).Findings);
        return report;
    }

    public void Dispose()
    {
        if (_drive is { HasExited: false })
        {
            _drive.Kill();
            _drive.WaitForExit();
        }
        _drive?.Dispose();
        _nodes.ForEach(n => n.Dispose());
        Directory.Delete(_folder, recursive: true);
    }
}
