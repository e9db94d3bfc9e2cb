using System.Net;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.Sensors;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>A running city: readings over MQTT, everything else over HTTP.</summary>
internal sealed class HttpSensorTarget : ISensorTarget
{
    private const int Concurrency = 16;

    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpSender _sender;

    private HttpSensorTarget(HttpSender sender, EndPoint mqtt, DateTimeOffset now) => (_sender, Mqtt, Now) = (sender, mqtt, now);

    /// <inheritdoc/>
    public EndPoint Mqtt { get; }

    /// <inheritdoc/>
    public DateTimeOffset Now { get; }

    /// <summary>Connects, and makes sure that the server runs this city.</summary>
    /// <exception cref="DriveFailureException">It does not, or there is no server.</exception>
    public static async Task<HttpSensorTarget> OpenAsync(Uri url, string? apiKey, EndPoint mqtt, CityDefinition city, CancellationToken stop)
    {
        var sender = new HttpSender(url, apiKey, Concurrency, GiveUpAfter, stop);
        try
        {
            JsonElement clock = await FirstAsync(sender, "/clock");
            if (await FirstAsync(sender, "/city") is var served && served.GetProperty("id").GetString() != city.Id.ToString())
            {
                throw new DriveFailureException($"the server at {url} runs {served.GetProperty("id").GetString()}, not {city.Id}: see --city");
            }
            return new HttpSensorTarget(sender, mqtt, clock.GetProperty("now").GetDateTimeOffset());
        }
        catch
        {
            sender.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RegisterAsync(IReadOnlyList<DrivenSensor> sensors, Action<int> told)
    {
        int done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency };
        await Parallel.ForEachAsync(sensors, parallel, async (sensor, _) =>
        {
            HttpAnswer answer = await _sender.SendAsync(HttpMethod.Post, "/sensors", BodyOf(sensor), $"drive-sensor-{sensor.Id.NumberText}");
            if (answer.Status != HttpStatusCode.OK)
            {
                throw new DriveFailureException($"{sensor.Topic} cannot be registered: {JsonDocument.Parse(answer.Body).RootElement.GetProperty("type").GetString()}");
            }
            told(Interlocked.Increment(ref done));
        });
        // The view that readings are checked against takes events in order: when it knows the number, it knows them all.
        while (await TotalAsync() < sensors.Count)
        {
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<long, HourAccount>> HoursAsync(TwinId sensor, DateTimeOffset from, DateTimeOffset to)
    {
        JsonElement history = await GetAsync($"/readings?sensor={sensor}&resolution=hour&limit=50000&from={Text(from)}&to={Text(to)}");
        return history.GetProperty("items").EnumerateArray().ToDictionary(
            p => p.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            p => new HourAccount(
                p.GetProperty("count").GetInt64(), p.GetProperty("mean").GetDouble() * p.GetProperty("count").GetInt64(), p.GetProperty("min").GetDouble(),
                p.GetProperty("max").GetDouble()));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlertChange>> ChangesAsync(TwinId sensor)
    {
        var changes = new List<AlertChange>();
        string? cursor = null;
        do
        {
            JsonElement page = await GetAsync($"/sensors/{sensor.NumberText}/history?limit=1000{(cursor is null ? "" : "&cursor=" + cursor)}");
            foreach (JsonElement item in page.GetProperty("items").EnumerateArray())
            {
                TwinEvent happened = (TwinEvent)JournalJson.Read(item.GetProperty("type").GetString()!, JsonSerializer.SerializeToUtf8Bytes(item.GetProperty("data")));
                if (AlertEvents.Of(happened) is { } change)
                {
                    changes.Add(change);
                }
            }
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return changes;
    }

    /// <inheritdoc/>
    public async Task<int> IncidentsAsync() => (await GetAsync("/board")).GetProperty("sensors").GetProperty("incidents").GetArrayLength();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<int> TotalAsync() => (await GetAsync("/sensors?limit=1")).GetProperty("total").GetInt32();

    private async Task<JsonElement> GetAsync(string path)
    {
        HttpAnswer answer = await _sender.SendAsync(HttpMethod.Get, path);
        return answer.Status == HttpStatusCode.OK
            ? JsonDocument.Parse(answer.Body).RootElement
            : throw new DriveFailureException($"GET {path} is answered with {(int)answer.Status}");
    }

    private static async Task<JsonElement> FirstAsync(HttpSender sender, string path)
    {
        try
        {
            HttpAnswer answer = await sender.SendOnceAsync(HttpMethod.Get, path, default, null);
            return answer.Status == HttpStatusCode.OK ? JsonDocument.Parse(answer.Body).RootElement : throw new DriveFailureException($"{sender.Url} answers {(int)answer.Status}: is it a CityTwin server, and --api-key right?");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            throw new DriveFailureException($"there is no CityTwin server at {sender.Url}: {e.Message}", e);
        }
    }

    private static byte[] BodyOf(DrivenSensor sensor)
    {
        SensorProfile p = sensor.Profile;
        SensorRules r = sensor.Rules;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            kind = SensorKinds.Word(p.Kind),
            name = p.Name,
            commune = p.Commune.ToString(),
            place = new { latitude = p.Place!.Value.Latitude, longitude = p.Place.Value.Longitude },
            rules = new { levels = r.Levels.ToArray(), silentAfterSeconds = (int)r.SilentAfter.TotalSeconds },
        });
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
}
