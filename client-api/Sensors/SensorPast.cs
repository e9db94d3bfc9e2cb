using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Sensors;

/// <summary>Sensors as of past moments.</summary>
internal static class SensorPast
{
    private const int PointsMax = 200_000;

    /// <summary>All sensors as of a moment, from the journal.</summary>
    public static SensorDirectory DirectoryAt(CityApi api, DateTimeOffset at)
    {
        IJournal journal = api.Journal;
        var directory = new SensorDirectory();
        PastViews.Load(journal, directory, journal.PositionAt(at));
        return directory;
    }

    /// <summary>What the readings up to a moment said, by their own times; null where the time series is not open here or has none of that day.</summary>
    public static async ValueTask<LatestReading?> ReadingsAsync(CityApi api, TwinId id, SensorState state, DateTimeOffset at)
    {
        if (api.Readings.Store is not { } store)
        {
            return null;
        }
        Measure primary = SensorKinds.Primary(state.Profile!.Kind);
        IReadOnlyList<HistoryPoint> points = await store.HistoryAsync([id], primary, at - TimeSpan.FromDays(1), at + TimeSpan.FromMilliseconds(1), Resolution.Raw, PointsMax);
        if (points.Count == 0)
        {
            return null;
        }
        HistoryPoint last = points[^1];
        DateTimeOffset hourBefore = last.At - TimeSpan.FromHours(1);
        return new LatestReading(primary, last.At, last.Mean + state.Offset, null, Over(points.Where(p => p.At > hourBefore), state.Offset), Over(points, state.Offset));
    }

    private static StatisticsReading Over(IEnumerable<HistoryPoint> points, double offset)
    {
        double[] values = [.. points.Select(p => p.Mean + offset)];
        return new StatisticsReading(values.Length, values.Min(), values.Average(), values.Max());
    }
}
