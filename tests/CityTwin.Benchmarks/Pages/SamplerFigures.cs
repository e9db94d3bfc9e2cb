using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Benchmarks.Pages;

/// <summary>What it costs a turn that one in 32 is sampled for the runtime page.</summary>
public sealed class SamplerFigures : IFigureSource
{
    private const int Turns = 5_000_000;
    private const int Twins = 50_000;

    /// <inheritdoc/>
    public string Area => "pages";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        progress("sampling turns");
        await Task.Yield();
        Measure(new TurnSampler());
        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            best = Math.Min(best, Measure(new TurnSampler()));
        }
        yield return new Figure(Area, "runtime page, cost of its sample a turn", best, "ns", 50, Better.Lower, null, $"{Turns:N0} turns of {Twins:N0} twins in turn, the worst case for the sketch; best of 5");
    }

    private static double Measure(TurnSampler sampler)
    {
        TwinCommand command = new DeskCommand.TakeNext(TwinId.Official(1));
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < Turns; i++)
        {
            if (sampler.Begin() is var sampled and not 0)
            {
                sampler.End(TwinId.Desk(1 + (i % Twins)), command, sampled);
            }
        }
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Turns;
    }
}
