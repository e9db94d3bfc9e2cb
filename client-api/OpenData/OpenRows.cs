using System.Globalization;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.OpenData;

/// <summary>The rows of a dataset on a day: a value for each column; text, number or null.</summary>
internal sealed class OpenRows(CityApi api, OpenDays days)
{
    private const int PointsMax = 5_000_000;

    private Dictionary<TwinId, string>? _names;

    /// <summary>Whether a dataset is there: sensors only where the time series is open in this process.</summary>
    public bool Has(OpenDataset dataset) => dataset.Name != OpenDataset.Sensors || api.Readings.Store is not null;

    /// <summary>The rows.</summary>
    public async Task<IReadOnlyList<object?[]>> OfAsync(OpenDataset dataset, DateOnly day) => dataset.Name switch
    {
        OpenDataset.Sensors => await SensorsAsync(day),
        OpenDataset.Volumes => [.. (await days.OfAsync(dataset.Name, day)).Select(c => (object?[])[.. Key(day, c.Key), c.Cell.Count])],
        _ => [.. (await days.OfAsync(dataset.Name, day)).Select(c => (object?[])[
            .. Key(day, c.Key), c.Cell.Count, Math.Round((double)c.Cell.OnTime / c.Cell.Count, 3), Round(c.Cell.MeanWait), Round(c.Cell.MedianWait)])],
    };

    private object?[] Key(DateOnly day, OpenKey key)
    {
        string commune = key.Commune.IsNone ? OpenKey.Together : key.Commune.NumberText;
        string communeName = key.Commune.IsNone ? "Các phường, xã khác" : Names().GetValueOrDefault(key.Commune, commune);
        string serviceName = key.Service == OpenKey.Together ? "Các thủ tục khác" : api.Runtime.Rules.Catalogue.Find(key.Service)?.NameVi ?? key.Service;
        return [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), commune, communeName, key.Service, serviceName];
    }

    private Dictionary<TwinId, string> Names() => _names ??= api.View.Board.Offices(api.Runtime.Clock.Now).ToDictionary(o => o.Profile.Id, o => o.Profile.NameVi);

    // Links and security counters tell where a city can be hurt: they are not open.
    private async Task<IReadOnlyList<object?[]>> SensorsAsync(DateOnly day)
    {
        WorkCalendar calendar = api.Runtime.Rules.Calendar;
        DateTimeOffset begin = calendar.At(day, TimeOnly.MinValue);
        Dictionary<TwinId, SensorProfile> open = api.Sensors.Sensors
            .Where(s => s.State.Profile!.Kind is SensorKind.Water or SensorKind.Rain or SensorKind.Air or SensorKind.Noise or SensorKind.Traffic)
            .ToDictionary(s => s.Id, s => s.State.Profile!);
        IReadOnlyList<HistoryPoint> points = await api.Readings.Store!.HistoryAsync(open.Keys.Order(), null, begin, begin.AddDays(1), Resolution.Hour, PointsMax);
        return [.. points.Select(p => Row(p, open[p.Sensor], calendar))];
    }

    private static object?[] Row(HistoryPoint p, SensorProfile profile, WorkCalendar calendar) =>
    [
        p.At.ToOffset(calendar.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), p.Sensor.NumberText, SensorKinds.Word(profile.Kind), profile.Commune.NumberText,
        profile.Place?.Latitude, profile.Place?.Longitude, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Measure.ToString()), p.Count, Math.Round(p.Min, 3), Math.Round(p.Mean, 3), Math.Round(p.Max, 3),
    ];

    private static double? Round(double? days) => days is { } d ? Math.Round(d, 1) : null;
}
