using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using CityTwin.Grains;
using CityTwin.Simulation.Drive;
using CityTwin.Simulation.Sensors;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>One run of <c>drive --sensors</c>: a storm and a flood wave, as readings of a fleet over real MQTT connections.</summary>
/// <param name="arguments">What was asked for.</param>
/// <param name="city">The city.</param>
/// <param name="target">Where it runs.</param>
internal sealed class SensorDrive(SensorDriveArguments arguments, CityDefinition city, ISensorTarget target)
{
    private const int InFlightMax = 1_000;

    private const int ReadingsBetweenPauses = 20;

    private readonly LatencyHistogram _latencies = new();
    private readonly Stopwatch _sending = new();
    private long _acknowledged;
    private int _reconnections;

    /// <summary>Runs with the user's Ctrl-C, prints the result, and gives the exit code.</summary>
    public static async Task<int> RunAsync(SensorDriveArguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            SensorDriveReport report = await RunAsync(arguments, stop.Token);
            SensorDriveScreen.Show(report, arguments.Json);
            return report.ExitCode;
        }
        catch (Exception e) when (e is DriveFailureException or DoorShutException or IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"drive: {e.Message}");
            return DriveSession.UnusableCode;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <summary>Runs until the end or the stop, and gives the result.</summary>
    public static async Task<SensorDriveReport> RunAsync(SensorDriveArguments arguments, CancellationToken stop)
    {
        CityDefinition city = CitySource.Read(arguments.City);
        await using ISensorTarget target = arguments.Mqtt is { } mqtt
            ? await HttpSensorTarget.OpenAsync(arguments.Url, arguments.ApiKey, mqtt, city, stop)
            : await LocalSensorTarget.OpenAsync(city, arguments.Journal);
        return await new SensorDrive(arguments, city, target).RunAsync(stop);
    }

    private async Task<SensorDriveReport> RunAsync(CancellationToken stop)
    {
        IReadOnlyList<DrivenSensor> fleet = SensorFleet.Make(city, arguments.Sensors, arguments.Seed);
        DateTimeOffset to = new(target.Now.UtcTicks - (target.Now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        DateTimeOffset from = to.AddHours(-arguments.Hours);
        SensorAccount[] accounts = [.. fleet.Select(s => new SensorAccount(s))];
        var check = new SensorLedgerCheck(target, from, to.AddMinutes(1));
        int incidents = 0;
        var checking = new Stopwatch();
        await DriveScreen.WithProgressAsync(!arguments.Json, async progress =>
        {
            await target.RegisterAsync(fleet, n => progress("registering", n, fleet.Count, ""));
            _sending.Start();
            await SendAsync(accounts, from, progress, stop);
            _sending.Stop();
            checking.Start();
            await check.RunAsync(accounts, n => progress("checking", n, accounts.Length, ""));
            incidents = await target.IncidentsAsync();
            checking.Stop();
        });
        return new SensorDriveReport
        {
            City = city.Slug,
            Seed = arguments.Seed,
            Sensors = fleet.Count,
            Connections = arguments.Connections,
            End = stop.IsCancellationRequested ? "stopped" : "complete",
            Acknowledged = accounts.Sum(a => a.Acknowledged),
            Seconds = Math.Round(_sending.Elapsed.TotalSeconds, 3),
            RateWanted = arguments.RatePerSecond,
            Reconnections = _reconnections,
            AckP50Ms = Math.Round(_latencies.Quantile(0.5).TotalMilliseconds, 2),
            AckP99Ms = Math.Round(_latencies.Quantile(0.99).TotalMilliseconds, 2),
            RaisedExpected = accounts.Sum(a => a.Changes.Count(c => c.IsRaised)),
            ClearedExpected = accounts.Sum(a => a.Changes.Count(c => !c.IsRaised)),
            SensorsWithAlerts = accounts.Count(a => a.Changes.Count > 0),
            Incidents = incidents,
            Stored = check.Stored,
            CheckSeconds = Math.Round(checking.Elapsed.TotalSeconds, 3),
            Differences = check.Differences,
            FirstDifferences = check.Examples,
        };
    }

    private async Task SendAsync(SensorAccount[] accounts, DateTimeOffset from, Action<string, double, double, string> progress, CancellationToken stop)
    {
        int connections = Math.Min(arguments.Connections, accounts.Length);
        double each = arguments.RatePerSecond / connections;
        long total = (long)accounts.Length * arguments.Hours * 60 / arguments.EveryMinutes;
        var weather = new SensorWeather(SensorFleet.GaugeOf(city), from, arguments.Seed);
        using var told = new Timer(_ => Tell(progress, total), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(
            () => SendOneAsync([.. accounts.Where((_, i) => i % connections == c)], $"drive-{c}", weather, from, each, stop), CancellationToken.None)));
    }

    /// <summary>One connection: its sensors take turns, step by step, no faster than its share of the rate.</summary>
    private async Task SendOneAsync(SensorAccount[] share, string client, SensorWeather weather, DateTimeOffset from, double perSecond, CancellationToken stop)
    {
        await using MqttPublisher<Sent> publisher = await MqttPublisher<Sent>.OpenAsync(target.Mqtt, client, arguments.User, InFlightMax, Acknowledge);
        TimeSpan every = TimeSpan.FromMinutes(arguments.EveryMinutes);
        long began = Stopwatch.GetTimestamp();
        long sent = 0;
        for (TimeSpan at = TimeSpan.Zero; at < TimeSpan.FromHours(arguments.Hours) && !stop.IsCancellationRequested; at += every)
        {
            foreach (SensorAccount account in share)
            {
                double value = weather.ValueAt(account.Sensor, from + at, every);
                long atMs = (from + at).ToUnixTimeMilliseconds();
                await publisher.PublishAsync(new Sent(account, atMs, value, Stopwatch.GetTimestamp()), account.Sensor.Topic, Payload(account.Sensor, from + at, value));
                if (++sent % ReadingsBetweenPauses == 0)
                {
                    TimeSpan ahead = TimeSpan.FromSeconds(sent / perSecond) - Stopwatch.GetElapsedTime(began);
                    if (ahead > TimeSpan.FromMilliseconds(2))
                    {
                        await Task.Delay(ahead, CancellationToken.None);
                    }
                }
            }
        }
        await publisher.DrainAsync();
        Interlocked.Add(ref _reconnections, publisher.Reconnections);
    }

    private void Acknowledge(Sent sent)
    {
        _latencies.Add(Stopwatch.GetElapsedTime(sent.Timestamp));
        sent.Account.Acknowledge(sent.AtMs, sent.Value);
        long count = Interlocked.Increment(ref _acknowledged);
        arguments.Told?.Invoke(count);
    }

    private void Tell(Action<string, double, double, string> progress, long total)
    {
        long done = Interlocked.Read(ref _acknowledged);
        double seconds = _sending.Elapsed.TotalSeconds;
        progress("sending", done, total, string.Create(CultureInfo.InvariantCulture, $"{done:N0} readings, {(seconds > 0 ? done / seconds : 0):N0}/s"));
    }

    /// <summary>Water gauges send objects on FIWARE names, the small devices arrays.</summary>
    private static byte[] Payload(DrivenSensor sensor, DateTimeOffset at, double value) => Encoding.ASCII.GetBytes(sensor.Profile.Kind == SensorKind.Water
        ? string.Create(CultureInfo.InvariantCulture, $$"""{"type":"WaterObserved","dateObserved":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","height":{{value}}}""")
        : string.Create(CultureInfo.InvariantCulture, $"[{at.ToUnixTimeMilliseconds()},{value}]"));

    private readonly record struct Sent(SensorAccount Account, long AtMs, double Value, long Timestamp);
}
