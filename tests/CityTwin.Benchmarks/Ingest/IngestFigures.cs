using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;

namespace CityTwin.Benchmarks.Ingest;

/// <summary>Readings at QoS 1, each acknowledged only after it is durable, beside Mosquitto alone, which stores nothing.</summary>
public sealed class IngestFigures : IFigureSource
{
    private const int Connections = 100;

    private const int Window = 200;

    private const double RateWanted = 100_000;

    private const int IdleConnections = 9_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public string Area => "ingest";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        progress($"Mosquitto alone, {Connections} connections");
        (double? mosquitto, double? mosquittoP99) = await MosquittoAsync();
        await using IngestServer server = await IngestServer.StartAsync(TimeSpan.FromMilliseconds(2));
        progress($"{IdleConnections} idle connections");
        double perConnection = await IdleAsync(server);
        yield return new Figure(
            Area, "memory of 10,000 idle connections", perConnection * 10_000 / 1_000_000, "MB", 300, Better.Lower, null,
            $"growth of the process's memory with {IdleConnections} connections, their clients' sockets included, scaled to 10,000");
        progress($"readings, {Connections} connections with {Window} unacknowledged each");
        long before = server.Intake.Durable;
        long commitsBefore = server.Intake.Commits;
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        double rate = await RateAsync(server.Port, 0);
        long readings = server.Intake.Durable - before;
        string conditions = $"QoS 1, {Connections} connections, {Window} in flight each, client in the same process, 2 cores; one fsync each commit, "
            + $"{readings / Math.Max(1, server.Intake.Commits - commitsBefore)} readings a commit";
        yield return new Figure(Area, "readings acknowledged after durability", rate, "readings/s", 50_000, Better.Higher, mosquitto, conditions + "; baseline: Mosquitto, storing nothing");
        yield return new Figure(Area, "allocated for a reading, client included", (double)(GC.GetTotalAllocatedBytes() - allocatedBefore) / readings, "B", null, Better.Lower, null, conditions);
        progress($"{readings:N0} readings in {server.Intake.Commits - commitsBefore:N0} commits, {server.Intake.DeadLetters.Total} dead letters");
        yield return new Figure(Area, "folding into chunks, minutes and hours", await server.FoldAsync(), "readings/s", null, Better.Higher, null, "done between the commits, off the path of acknowledgements");
        foreach (double offered in new[] { RateWanted / 2, rate / 2 })
        {
            progress($"{offered:N0} readings/s, paced");
            double p99 = await LatencyAsync(server.Port, offered, round: offered == RateWanted / 2 ? 1 : 2);
            string load = offered == RateWanted / 2 ? "half of the load aimed at" : "half of the load measured";
            yield return new Figure(
                Area, $"p99 acknowledgement at {load}", p99, "ms", offered == RateWanted / 2 ? 50 : null, Better.Lower, offered == RateWanted / 2 ? mosquittoP99 : null,
                $"{offered:N0} readings/s offered, sent every 10 ms by {Connections} connections; baseline: Mosquitto at the same load, storing nothing");
        }
        await server.DisposeAsync();
        progress($"alarms at Kim Long to the board, {BoardLatency.Alarms} times");
        BoardLatency board = await BoardLatency.MeasureAsync();
        string path = $"{BoardLatency.Alarms} alarms one after the other in a served city, longest; from PUBACK to the commune's level and the case";
        yield return new Figure(Area, "alarm at Kim Long on the live board after its acknowledgement", board.LiveMax.TotalMilliseconds, "ms", 1_000, Better.Lower, null, path + " in a SignalR update");
        yield return new Figure(Area, "alarm at Kim Long in GET /board after its acknowledgement", board.ReadMax.TotalMilliseconds, "ms", 1_000, Better.Lower, null, path + " in GET /board, asked again and again");
    }

    private static async Task<double> RateAsync(int port, int round)
    {
        LoadConnection[] all = await OpenAsync(port, round);
        using CancellationTokenSource stop = new();
        Task[] running = [.. all.Select(c => Task.Run(() => c.SaturateAsync(Window, stop.Token)))];
        await Pause.ForAsync(WarmUp);
        long start = all.Sum(c => c.Acknowledged);
        long at = Stopwatch.GetTimestamp();
        await Pause.ForAsync(Measured);
        double rate = (all.Sum(c => c.Acknowledged) - start) / Stopwatch.GetElapsedTime(at).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(running);
        Array.ForEach(all, c => c.Dispose());
        return rate;
    }

    private static async Task<double> LatencyAsync(int port, double rate, int round)
    {
        LoadConnection[] all = await OpenAsync(port, round);
        using CancellationTokenSource stop = new(Measured);
        await Task.WhenAll(all.Select(c => Task.Run(() => c.PaceAsync(rate / Connections, TimeSpan.FromMilliseconds(10), stop.Token))));
        long[] latencies = [.. all.SelectMany(c => c.Latencies).Order()];
        Array.ForEach(all, c => c.Dispose());
        return latencies[(int)(latencies.Length * 0.99)] * 1_000.0 / Stopwatch.Frequency;
    }

    private static async Task<LoadConnection[]> OpenAsync(int port, int round)
    {
        long first = DateTimeOffset.UtcNow.AddHours(-20 + (6 * round)).ToUnixTimeMilliseconds();
        List<LoadConnection> all = [];
        for (int i = 0; i < Connections; i++)
        {
            all.Add(await LoadConnection.OpenAsync(port, $"load-{round}-{i}", $"city/46/19753/water/B{i:000}", first));
        }
        return [.. all];
    }

    private static async Task<double> IdleAsync(IngestServer server)
    {
        long before = MemoryNow();
        List<Socket> sockets = [];
        byte[] connect = [0x10, 12, 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, 0];
        for (int i = 0; i < IdleConnections; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
            await socket.SendAsync(connect);
            sockets.Add(socket);
        }
        while (server.Broker.SessionCount < IdleConnections)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(50));
        }
        double perConnection = (double)(MemoryNow() - before) / IdleConnections;
        sockets.ForEach(s => s.Dispose());
        return perConnection;
    }

    private static long MemoryNow()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static async Task<(double? Rate, double? P99Ms)> MosquittoAsync()
    {
        const string Program = "/usr/sbin/mosquitto";
        if (!File.Exists(Program))
        {
            return (null, null);
        }
        using Socket free = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)free.LocalEndPoint!).Port;
        free.Close();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\nmax_inflight_messages 0\n");
        using Process mosquitto = Process.Start(Program, $"-c {file}");
        try
        {
            await Pause.ForAsync(TimeSpan.FromSeconds(1));
            return (await RateAsync(port, 0), await LatencyAsync(port, RateWanted / 2, round: 1));
        }
        finally
        {
            mosquitto.Kill();
            await mosquitto.WaitForExitAsync();
            File.Delete(file);
        }
    }
}
