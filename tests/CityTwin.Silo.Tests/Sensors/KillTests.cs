using System.Diagnostics;
using System.Globalization;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Mqtt;

namespace CityTwin.Silo.Tests.Sensors;

/// <summary>kill -9 in the middle of a load of QoS 1: every acknowledged reading is there, and a repeated one counts once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string FolderVariable = "CITYTWIN_KILL_TEST_FOLDER";

    private const int AcknowledgedMin = 2_000;

    private const int InFlight = 500;

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    /// <summary>The other process: serves until it is killed. Does nothing unless the kill test starts it.</summary>
    [Fact(Explicit = true)]
    public async Task Serve_until_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
        {
            await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(TemporaryFolder.Existing(folder), Start, registersAtFirst: true);
            await File.WriteAllTextAsync(Path.Combine(folder, "port.new"), ingest.Broker.Port.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
            File.Move(Path.Combine(folder, "port.new"), Path.Combine(folder, "port"));
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public async Task No_acknowledged_reading_is_lost()
    {
        using TemporaryFolder folder = new();
        HashSet<long> acknowledged = [];
        long sent = 0;
        for (int round = 1; round <= 2; round++)
        {
            using Process server = await ServeAsync(folder);
            try
            {
                int port = int.Parse(await File.ReadAllTextAsync(folder.File("port"), CancellationToken.None), CultureInfo.InvariantCulture);
                sent = await LoadAsync(port, sent, acknowledged);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync(CancellationToken.None);
                File.Delete(folder.File("port"));
            }
        }
        output.WriteLine($"{sent} sent, {acknowledged.Count} acknowledged");
        await using ReadingStore store = ReadingStore.Open(folder.File("readings.db"));
        store.Followed = store.BatchesAfter(0).Select(b => b.Number).DefaultIfEmpty(store.Followed).Last();
        TwinId sensor = SensorNumber.Of(46, SensorKind.Security, "K");
        IReadOnlyList<HistoryPoint> stored = await store.HistoryAsync([sensor], null, Start.AddDays(-1), Start, Resolution.Raw, 1_000_000);
        HashSet<long> there = [.. stored.Select(p => (long)p.Mean)];
        Assert.Empty(acknowledged.Except(there));
        Assert.Equal(there.Count, stored.Count);
    }

    /// <summary>Sends what is not acknowledged again, as a device does, and more, until enough is acknowledged; gives how many were sent in all.</summary>
    private static async Task<long> LoadAsync(int port, long sent, HashSet<long> acknowledged)
    {
        using RawClient client = await RawClient.ConnectAsync(port, level: 4);
        Queue<long> unacknowledged = new(Enumerable.Range(1, (int)sent).Select(n => (long)n).Where(n => !acknowledged.Contains(n)));
        await client.SendAsync([.. unacknowledged.Select(Reading)]);
        int enough = acknowledged.Count + AcknowledgedMin;
        while (acknowledged.Count < enough)
        {
            while (unacknowledged.Count < InFlight)
            {
                unacknowledged.Enqueue(++sent);
                await client.SendAsync(Reading(sent));
            }
            await client.ReceiveAsync();
            acknowledged.Add(unacknowledged.Dequeue());
        }
        return sent;
    }

    private static byte[] Reading(long number) => RawClient.Publish(
        "city/46/19753/security/K", $"[{Start.AddDays(-1).ToUnixTimeMilliseconds() + number},{number}]", 1, (ushort)((number % 60_000) + 1), level: 4);

    private static async Task<Process> ServeAsync(TemporaryFolder folder)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "--explicit", "only", "--filter-method", $"{typeof(KillTests).FullName}.{nameof(Serve_until_killed)}" })
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment[FolderVariable] = folder.Path;
        Process server = Process.Start(start)!;
        await SessionTests.Until(() => File.Exists(folder.File("port")));
        return server;
    }
}
