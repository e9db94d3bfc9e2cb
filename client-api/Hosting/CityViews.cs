using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Forecasts;
using CityTwin.Silo.Quality;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>The live views that the endpoints read. Whoever runs the city feeds <see cref="All"/>.</summary>
internal sealed class CityViews
{
    /// <summary>Empty views for a city.</summary>
    public CityViews(ServeOptions options)
    {
        City = new CityView(options.City.Rules.Calendar, new CityViewOptions { FinishedCasesMax = options.FinishedCasesMax });
        Trend = new TrendView(City, options.City.Rules.Calendar.Offset);
        Queries = new QueryView(new QueryViewOptions { FinishedCasesMax = options.FinishedCasesMax });
        Reports = new ReportView(options.Feedback.Duplicates);
        Days = new DailyCounts(options.City.Rules.Calendar.Offset);
        // The trend looks at the board as it was before an event that ends an hour: it comes first.
        // The view that can be waited for comes last: who has waited finds everything.
        All = [Trend, City, Sensors, Quality, Reports, Days, Queries];
    }

    /// <summary>The board and the lists of cases.</summary>
    public CityView City { get; }

    /// <summary>The board's figures hour by hour.</summary>
    public TrendView Trend { get; }

    /// <summary>What queries are asked of.</summary>
    public QueryView Queries { get; }

    /// <summary>Where sensors stand.</summary>
    public SensorDirectory Sensors { get; } = new();

    /// <summary>How good the offices' data is.</summary>
    public QualityView Quality { get; } = new();

    /// <summary>What citizens report.</summary>
    public ReportView Reports { get; }

    /// <summary>The city's days.</summary>
    public DailyCounts Days { get; }

    /// <summary>All of them, in the order in which they are to be fed.</summary>
    public IReadOnlyList<IView> All { get; }
}
