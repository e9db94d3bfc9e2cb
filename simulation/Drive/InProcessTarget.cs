using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;
using CityTwin.Simulation.Drive;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>A city in this process, over a journal of its own.</summary>
internal sealed class InProcessTarget : IDriveTarget
{
    private static readonly TimeSpan ViewPause = TimeSpan.FromMilliseconds(5);

    private readonly EmbeddedCity _city;
    private readonly CityView _view;
    private readonly RuntimePort _port;
    private readonly string? _temporary;

    private InProcessTarget(EmbeddedCity city, CityView view, string? temporary)
    {
        _city = city;
        _view = view;
        _temporary = temporary;
        _port = new RuntimePort(city.Runtime, Latencies);
        Door = new TurnDoor(_port, BoardAsync);
        Now = city.Runtime.Clock.Now;
    }

    /// <inheritdoc/>
    public ICityDoor Door { get; }

    /// <inheritdoc/>
    public DateTimeOffset Now { get; }

    /// <inheritdoc/>
    public bool IsDriven => _city.Runtime.Clock.Mode == ClockMode.Driven;

    /// <inheritdoc/>
    public bool IsEmpty { get; private init; }

    /// <inheritdoc/>
    public long Retries => _port.Retries;

    /// <inheritdoc/>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Events in the journal.</summary>
    public long Events => _city.Runtime.Position;

    /// <summary>Opens a city.</summary>
    /// <param name="definition">The city.</param>
    /// <param name="journal">The journal's file; null: a temporary one that is deleted afterwards.</param>
    /// <param name="start">Where a new city's clock starts.</param>
    /// <param name="speed">City seconds per real second; null: a driven clock.</param>
    public static async Task<InProcessTarget> OpenAsync(CityDefinition definition, string? journal, DateTimeOffset start, double? speed)
    {
        string? temporary = journal is null ? Directory.CreateTempSubdirectory("citytwin-drive-").FullName : null;
        var options = new EmbeddedOptions { Journal = journal ?? Path.Combine(temporary!, "city.db") };
        CityClock clock = speed is { } times ? CityClock.Accelerated(start, times) : CityClock.Driven(start);
        var view = new CityView(definition.Rules.Calendar);
        try
        {
            EmbeddedCity city = await EmbeddedCity.OpenAsync(definition, options, clock, [view], NullLogger.Instance);
            await CatchUpAsync(city);
            return new InProcessTarget(city, view, temporary) { IsEmpty = view.Board.City(clock.Now).All.Filed == 0 };
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new DriveFailureException($"the journal {options.Journal} cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _city.DisposeAsync();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private static async Task CatchUpAsync(EmbeddedCity city)
    {
        while (city.ViewPosition < city.Runtime.Position)
        {
            await Task.Delay(ViewPause);
        }
    }

    private async ValueTask<IReadOnlyList<OfficeAccount>> BoardAsync()
    {
        await CatchUpAsync(_city);
        var board = new List<OfficeAccount>();
        foreach (OfficeLine line in _view.Board.Offices(_city.Runtime.Clock.Now))
        {
            Figures f = line.Figures;
            board.Add(new OfficeAccount(
                line.Profile.Id, f.Filed, f.EscalatedIn, f.EscalatedOut, f.Resolved, f.Rejected, f.Withdrawn, f.OnTime, f.Ratings));
        }
        return board;
    }
}
