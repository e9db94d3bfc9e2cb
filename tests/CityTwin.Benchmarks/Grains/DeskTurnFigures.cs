using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;

namespace CityTwin.Benchmarks.Grains;

/// <summary>Joining and leaving a desk's queue, short and long, and the choice of a desk.</summary>
public sealed class DeskTurnFigures : IFigureSource
{
    private const int Short = 100;
    private const int Long = 10_000;

    /// <inheritdoc/>
    public string Area => "grains";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        Turn turn = BenchRules.TurnAt(1);
        var enqueue = new DeskCommand.Enqueue(TwinId.Case(Long * 2), BenchRules.Now.AddHours(Long / 2), Urgency.Normal);
        var take = new DeskCommand.TakeNext(BenchRules.Clerk);
        progress("desk turns");
        DeskState small = WithQueue(Short);
        DeskState large = WithQueue(Long);
        foreach ((string name, DeskCommand command) in new (string, DeskCommand)[] { ("enqueue", enqueue), ("take next", take) })
        {
            cancellation.ThrowIfCancellationRequested();
            TurnCost few = TurnCost.Of(() => Run(small, command, turn), 50_000);
            TurnCost many = TurnCost.Of(() => Run(large, command, turn), 50_000);
            yield return new Figure(Area, $"desk: {name}, {Long:N0} waiting", many.Nanoseconds, "ns", null, Better.Lower, few.Nanoseconds,
                $"decide + evolve; baseline with {Short} waiting; logarithmic growth would be about ×2");
            yield return new Figure(Area, $"desk: {name}, {Long:N0} waiting, allocated", many.Bytes, "B", null, Better.Lower, few.Bytes, "decide + evolve");
        }
        double[] effort = [.. Enumerable.Range(0, 8).Select(i => i * 30.0)];
        int[] officials = [2, 1, 3, 1, 2, 1, 4, 1];
        ulong[] skills = [3, 5, 9, 3, 5, 9, 3, 5];
        TurnCost choice = TurnCost.Of(() => DeskChoice.ShortestWait(effort, officials, skills, 1), 2_000_000);
        yield return new Figure(Area, "desk choice among 8, columns", choice.Nanoseconds, "ns", null, Better.Lower, null, "as the simulator calls it");
        yield return new Figure(Area, "desk choice among 8, allocated", choice.Bytes, "B", 0, Better.Lower, null, "shared rules allocate nothing");
    }

    private static DeskState WithQueue(int cases)
    {
        DeskState desk = DeskDecider.Evolve(DeskDecider.Initial, new DeskEvent.DeskOpened(
            BenchRules.Now, BenchRules.Commune, "Quầy 1", "Desk 1", ["justice"], Discipline.DeadlineFirst, [BenchRules.Clerk]));
        for (int i = 1; i <= cases; i++)
        {
            // 7,919 is prime: deadlines come in a scattered order.
            DateTimeOffset due = BenchRules.Now.AddHours(i * 7_919 % cases);
            desk = DeskDecider.Evolve(desk, new DeskEvent.CaseEnqueued(BenchRules.Now, TwinId.Case(i), due, Urgency.Normal));
        }
        return desk;
    }

    private static void Run(DeskState state, DeskCommand command, in Turn turn)
    {
        Decision<DeskEvent> decision = DeskDecider.Decide(state, command, turn);
        for (int i = 0; i < decision.Count; i++)
        {
            state = DeskDecider.Evolve(state, decision[i]);
        }
        if (decision.IsRefused || decision.Count == 0)
        {
            throw new InvalidOperationException($"{command} came to nothing: {decision.Refusal}");
        }
    }
}
