using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Tests.Sensors;

/// <summary>What a time series promises, wherever it is kept.</summary>
public abstract class ReadingStoreContract(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TwinId Sensor = TwinId.Sensor(7);

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private ReadingStore _store = null!;

    protected abstract string Place { get; }

    public ValueTask InitializeAsync()
    {
        _store = ReadingStore.Open(Place);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_reading_that_comes_twice_is_stored_and_counted_once()
    {
        await AcceptAsync((0, 1.5), (30, 2.5), (0, 1.5));
        await _store.FoldAsync();
        await AcceptAsync((30, 2.5), (59, 3.5), (60, 9));
        HistoryPoint[] minutes = await HistoryAsync(Resolution.Minute);
        Assert.Equal([(3L, 1.5, 2.5, 3.5), (1L, 9, 9, 9)], minutes.Select(p => (p.Count, p.Min, p.Mean, p.Max)));
        Assert.Equal([1.5, 2.5, 3.5, 9], (await HistoryAsync(Resolution.Raw)).Select(p => p.Mean));
        Assert.Equal(0, _store.Unfolded);
    }

    [Fact]
    public async Task Random_readings_in_random_order_are_summed_up_as_a_plain_sum_would()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        Dictionary<int, double> model = [];
        for (int batch = 0; batch < 20; batch++)
        {
            var readings = Enumerable.Range(0, 200).Select(_ => (Second: random.Next(3 * 3600), Value: Math.Round(random.NextDouble() * 100, random.Next(8)))).ToArray();
            foreach ((int second, double value) in readings)
            {
                model.TryAdd(second, value);
            }
            await AcceptAsync(readings);
            if (random.Next(3) == 0)
            {
                await _store.FoldAsync();
            }
        }
        var expected = model.GroupBy(m => m.Key / 3600).OrderBy(g => g.Key).Select(g => (g.LongCount(), g.Min(m => m.Value), g.Max(m => m.Value)));
        HistoryPoint[] hours = await HistoryAsync(Resolution.Hour);
        Assert.Equal(expected, hours.Select(h => (h.Count, h.Min, h.Max)));
        Assert.Equal(model.Values.Sum(), hours.Sum(h => h.Mean * h.Count), tolerance: 1e-6);
        Assert.Equal(model.OrderBy(m => m.Key).Select(m => m.Value), (await HistoryAsync(Resolution.Raw)).Select(p => p.Mean));
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart_and_what_was_not_followed_is_given_again()
    {
        await AcceptAsync((0, 1));
        long last = await _store.AcceptAsync(new[] { Reading(5, 2) });
        await _store.DisposeAsync();
        _store = ReadingStore.Open(Place);
        (long number, Reading[] readings) = Assert.Single(_store.BatchesAfter(_store.Followed));
        Assert.Equal((last, Reading(5, 2)), (number, Assert.Single(readings)));
        Assert.Single(await HistoryAsync(Resolution.Raw));
        _store.Followed = last;
        Assert.Equal(2, (await HistoryAsync(Resolution.Raw)).Length);
        Assert.Equal(last + 1, await _store.AcceptAsync(new[] { Reading(6, 3) }));
    }

    [Fact]
    public async Task A_watch_is_stored_as_of_its_latest_batch_and_followed_batches_are_forgotten_with_it()
    {
        await AcceptAsync((0, 1));
        await AcceptAsync((5, 2));
        await _store.SaveAsync([new StoredWatch(Sensor, 2, [2, 2]), new StoredWatch(TwinId.Sensor(8), 1, [1])]);
        await _store.SaveAsync([new StoredWatch(Sensor, 1, [1, 1])]);
        await _store.ForgetAsync(1);
        Assert.Equal(2, Assert.Single(_store.BatchesAfter(0)).Number);
        await _store.DisposeAsync();
        _store = ReadingStore.Open(Place);
        Assert.Equal([(Sensor, 2L, "0202"), (TwinId.Sensor(8), 1L, "01")], _store.Watches().OrderBy(w => w.Sensor.Value).Select(w => (w.Sensor, w.Number, Convert.ToHexString(w.State))));
        Assert.Equal(2, (await HistoryAsync(Resolution.Raw)).Length);
        await AcceptAsync((9, 3));
        Assert.Equal(3, _store.Followed);
    }

    [Fact]
    public async Task Old_values_go_each_by_its_own_retention()
    {
        await AcceptAsync((0, 1));
        await _store.FoldAsync();
        SensorOptions options = new() { KeepRaw = TimeSpan.FromHours(1), KeepMinutes = TimeSpan.FromHours(2), KeepHours = TimeSpan.FromHours(3) };
        await _store.ExpireAsync(Start.AddHours(1.5), options);
        Assert.Equal((0, 1, 1), await CountsAsync());
        await _store.ExpireAsync(Start.AddHours(2.5), options);
        Assert.Equal((0, 0, 1), await CountsAsync());
        await _store.ExpireAsync(Start.AddHours(3.5), options);
        Assert.Equal((0, 0, 0), await CountsAsync());
    }

    private static Reading Reading(int second, double value) => new(Sensor, Measure.WaterLevel, Start.AddSeconds(second).ToUnixTimeMilliseconds(), value);

    private async Task AcceptAsync(params (int Second, double Value)[] readings) =>
        _store.Followed = await _store.AcceptAsync(readings.Select(r => Reading(r.Second, r.Value)).ToArray());

    private async Task<HistoryPoint[]> HistoryAsync(Resolution resolution) =>
        [.. await _store.HistoryAsync([Sensor], null, Start, Start.AddDays(1), resolution, 100_000)];

    private async Task<(int Raw, int Minutes, int Hours)> CountsAsync() =>
        ((await HistoryAsync(Resolution.Raw)).Length, (await HistoryAsync(Resolution.Minute)).Length, (await HistoryAsync(Resolution.Hour)).Length);
}
