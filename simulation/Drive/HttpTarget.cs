using System.Net;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>A city behind HTTP.</summary>
internal sealed class HttpTarget : IDriveTarget
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    private readonly HttpSender _sender;
    private readonly HttpPace _pace;

    private HttpTarget(HttpSender sender, HttpPace pace, HttpDoor door, bool isEmpty)
    {
        _sender = sender;
        _pace = pace;
        Door = door;
        IsEmpty = isEmpty;
    }

    /// <inheritdoc/>
    public ICityDoor Door { get; }

    /// <inheritdoc/>
    public DateTimeOffset Now => _pace.First.Now;

    /// <inheritdoc/>
    public bool IsDriven => _pace.First.Mode == ClockMode.Driven;

    /// <inheritdoc/>
    public bool IsEmpty { get; }

    /// <inheritdoc/>
    public long Retries => _sender.Retries;

    /// <inheritdoc/>
    public LatencyHistogram Latencies => _sender.Latencies;

    /// <summary>Connects, and makes sure that the server runs this city with a clock that fits.</summary>
    /// <exception cref="DriveFailureException">It does not, or there is no server.</exception>
    public static async Task<HttpTarget> OpenAsync(DriveArguments arguments, CityDefinition city, CancellationToken stop)
    {
        var sender = new HttpSender(arguments.Url!, arguments.ApiKey, arguments.Concurrency, GiveUpAfter, stop);
        try
        {
            HttpWire.Clock clock = HttpWire.Read<HttpWire.Clock>(await ReadFirstAsync(sender, "/clock"));
            Check(arguments, clock);
            Check(city, arguments, HttpWire.Read<HttpWire.City>(await ReadFirstAsync(sender, "/city")));
            var pace = new HttpPace(sender, clock, arguments.Speed);
            sender.Reconnecting = pace.RestoreAsync;
            var door = new HttpDoor(sender, pace, arguments.Concurrency);
            HttpWire.Board board = await door.ReadBoardAsync();
            return new HttpTarget(sender, pace, door, board.Figures.All.Filed == 0 && board.Lag == 0);
        }
        catch
        {
            sender.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _pace.Dispose();
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> ReadFirstAsync(HttpSender sender, string path)
    {
        try
        {
            HttpAnswer answer = await sender.SendOnceAsync(HttpMethod.Get, path, default, null);
            return answer.Status switch
            {
                HttpStatusCode.OK => answer.Body,
                HttpStatusCode.Unauthorized => throw new DriveFailureException($"{sender.Url} asks for an API key: pass --api-key or set CITYTWIN_API_KEY"),
                HttpStatusCode.ServiceUnavailable => throw new DriveFailureException($"{sender.Url} is not ready (503): try again when /health/ready says so"),
                _ => throw new DriveFailureException($"{sender.Url}{path[1..]} answers {(int)answer.Status}: is this a CityTwin server?"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new DriveFailureException(
                $"no server answers at {sender.Url} ({e.InnerException?.Message ?? e.Message}); start client-api with --clock driven, or pass --in-process", e);
        }
    }

    private static void Check(DriveArguments arguments, HttpWire.Clock clock)
    {
        if (clock.Mode == ClockMode.Driven)
        {
            return;
        }
        string runs = clock.Mode == ClockMode.Wall ? "runs with the wall clock" : $"runs at {clock.Speed}x";
        if (arguments.Speed is null)
        {
            throw new DriveFailureException(
                $"--speed max needs a driven clock, and the server's {runs}: start it with --clock driven, or pass --speed {clock.Speed}");
        }
        if (arguments.Speed != clock.Speed)
        {
            throw new DriveFailureException($"--speed {arguments.Speed}: the server's clock {runs}: pass --speed {clock.Speed}, or start it with --clock driven");
        }
    }

    private static void Check(CityDefinition city, DriveArguments arguments, HttpWire.City served)
    {
        if (served.Id != city.Id)
        {
            throw new DriveFailureException($"--city {arguments.City}: the server runs {served.NameEn} ({served.Id}), not {city.NameEn} ({city.Id})");
        }
        if (served.Edition != city.Fingerprint)
        {
            throw new DriveFailureException($"--city {arguments.City}: the server runs another edition of its folder");
        }
    }
}
