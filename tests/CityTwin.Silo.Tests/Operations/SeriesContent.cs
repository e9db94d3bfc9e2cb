using System.Globalization;
using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Tests.Operations;

/// <summary>A time series beside a journal with something in each of its tables, and all of it as a text.</summary>
internal static class SeriesContent
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TwinId[] Sensors = [TwinId.Sensor(7), TwinId.Sensor(8)];

    public static async Task FillAsync(string journal)
    {
        await using ReadingStore store = ReadingStore.Open(SensorOptions.Beside(journal));
        for (int batch = 0; batch < 4; batch++)
        {
            long number = await store.AcceptAsync(Enumerable.Range(0, 500).Select(i => new Reading(
                Sensors[i % 2], i % 3 == 0 ? Measure.WaterFlow : Measure.WaterLevel, Start.AddSeconds((batch * 5_000) + (i * 7)).ToUnixTimeMilliseconds(), i / 4.0)).ToArray());
            store.Followed = Math.Min(number, 3);
            if (number == 2)
            {
                await store.SaveAsync([new StoredWatch(Sensors[0], 2, [1, 2, 0, 255])]);
                await store.ForgetAsync(2);
            }
        }
    }

    public static async Task<string> ReadAsync(string journal)
    {
        await using ReadingStore store = ReadingStore.Open(SensorOptions.Beside(journal));
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"followed {store.Followed}, {store.Unfolded} unfolded");
        foreach ((long number, Reading[] readings) in store.BatchesAfter(0))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{number}: {string.Join(' ', readings)}");
        }
        foreach (StoredWatch watch in store.Watches())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{watch.Sensor} {watch.Number} {Convert.ToHexString(watch.State)}");
        }
        foreach (Resolution resolution in Enum.GetValues<Resolution>())
        {
            foreach (HistoryPoint point in await store.HistoryAsync(Sensors, null, Start, Start.AddDays(1), resolution, 10_000))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{resolution} {point}");
            }
        }
        return text.ToString();
    }
}
