using CityTwin.Grains;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Tests.Drive;

/// <summary>Some days of Huế, played in this process over a journal in a temporary file.</summary>
public sealed class PlayedCity : IAsyncDisposable
{
    public const int Days = 4;

    private readonly InProcessTarget _target;

    private PlayedCity(InProcessTarget target, CityPlay play, Ledger ledger, DriveVolume volume, DriveEnd end) =>
        (_target, Play, Ledger, Volume, End) = (target, play, ledger, volume, end);

    public static DateTimeOffset Start { get; } = new(2025, 7, 1, 7, 0, 0, TimeSpan.FromHours(7));

    public static CitySheet Hue { get; } = new(BundledCities.Read("hue"));

    public CityPlay Play { get; }

    public Ledger Ledger { get; }

    public DriveVolume Volume { get; }

    public DriveEnd End { get; }

    public long Events => _target.Events;

    public static async Task<PlayedCity> PlayAsync(ulong seed, double rate, int tailDays = 120, int stopAfterSlices = int.MaxValue)
    {
        InProcessTarget target = await InProcessTarget.OpenAsync(Hue.City, null, Start, null);
        var options = new PlayOptions { Seed = seed, Slice = TimeSpan.FromHours(1), ClosedSlice = TimeSpan.FromHours(6) };
        var play = new CityPlay(Hue, options, Start);
        DriveVolume volume = DriveVolume.Of(Hue.City, Days, rate);
        play.Expect(new ArrivalPlan(Hue, seed, options.Behaviour).Between(Start, Start.AddDays(Days), volume));
        var run = new DriveRun(play, target.Door);
        using var stop = new CancellationTokenSource();
        int slices = 0;
        DriveEnd end = await run.RunAsync(Start.AddDays(Days + tailDays), letTimeEndCases: true, AfterSlice, stop.Token);
        return new PlayedCity(target, play, play.LedgerAt(run.Now), volume, end);

        void AfterSlice()
        {
            if (++slices == stopAfterSlices)
            {
                stop.Cancel();
            }
        }
    }

    public Task<LedgerVerdict> CheckAsync(Ledger? other = null) =>
        LedgerCheck.RunAsync(other ?? Ledger, _target.Door, withBoard: true, null, CancellationToken.None);

    public ValueTask DisposeAsync() => _target.DisposeAsync();
}

/// <summary>One run that several tests look at and none changes.</summary>
public sealed class OneRun : IAsyncLifetime
{
    public const ulong Seed = 5;
    public const double Rate = 1;

    public PlayedCity City { get; private set; } = null!;

    public async ValueTask InitializeAsync() => City = await PlayedCity.PlayAsync(Seed, Rate);

    public ValueTask DisposeAsync() => City.DisposeAsync();
}
