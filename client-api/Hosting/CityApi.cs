using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Forecasts;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Queries;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Quality;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>What every endpoint works with.</summary>
internal sealed class CityApi
{
    /// <summary>Over a running city and the views it feeds.</summary>
    /// <exception cref="InvalidDataException">A file of the feedback models is damaged; the message names it.</exception>
    public CityApi(ICityHost city, ServeOptions options, CityViews views, ILoggerFactory logs, IReportReading? reading = null)
    {
        Host = city;
        Runtime = city.Runtime;
        Definition = options.City;
        Boundaries = options.Boundaries;
        Shapes = CommuneShapes.Read(options.Boundaries);
        Limits = options.Limits;
        View = views.City;
        Places = new CityPlaces(options.City, Shapes, () => View.Board.Offices(city.Runtime.Clock.Now));
        Trend = views.Trend;
        Quality = views.Quality;
        Readings = options.Readings.Over(city.Runtime, views.Sensors, options, logs);
        Queries = new CityQueries(city, options.City, views.Queries, Readings, options.Queries);
        Feedback = new CityFeedback(options.Feedback, options.Beside(".feedback"), views.Reports, options.Clock) { Workers = reading };
        Forecasts = new CityForecasts(views.Days, options.Beside(".forecasts.json.gz"));
        Numbers = new CaseNumbers(city.Runtime.Clock, () => View.Cases.HighestTimeOrdered, options.NumberingProcesses, options.NumberingProcess);
    }

    /// <summary>What runs the city.</summary>
    public ICityHost Host { get; }

    /// <summary>The seam to the twins.</summary>
    public ICityRuntime Runtime { get; }

    /// <summary>The city as its folder has it.</summary>
    public CityDefinition Definition { get; }

    /// <summary>The live view.</summary>
    public CityView View { get; }

    /// <summary>The live view of the sensors.</summary>
    public SensorDirectory Sensors => Readings.Directory;

    /// <summary>The way of readings into the city.</summary>
    public ReadingIngest Readings { get; }

    /// <summary>How good the offices' data is.</summary>
    public QualityView Quality { get; }

    /// <summary>The board's figures hour by hour.</summary>
    public TrendView Trend { get; }

    /// <summary>The city's own map, GeoJSON; null when it has none.</summary>
    public byte[]? Boundaries { get; }

    /// <summary>The communes' outlines on it; null when it has none.</summary>
    public CommuneShapes? Shapes { get; }

    /// <summary>Whether places lie in the city.</summary>
    public CityPlaces Places { get; }

    /// <summary>Asking the living city.</summary>
    public CityQueries Queries { get; }

    /// <summary>Limits of requests.</summary>
    public ApiLimits Limits { get; }

    /// <summary>How reports are read.</summary>
    public CityFeedback Feedback { get; }

    /// <summary>What is expected of the city.</summary>
    public CityForecasts Forecasts { get; }

    /// <summary>Numbers for new cases.</summary>
    public CaseNumbers Numbers { get; }

    /// <summary>What was asked, and how it went.</summary>
    public CommandMeter Meter { get; } = new();

    /// <summary>What the runtime has done.</summary>
    public RuntimeStatistics Statistics => Host.Statistics;

    /// <summary>Commands that wait.</summary>
    public int QueueDepth => Host.QueueDepth;

    /// <summary>The journal, for reading.</summary>
    /// <exception cref="RuntimeUnavailableException">It is not open now.</exception>
    public IJournal Journal => Host.Journal;
}
