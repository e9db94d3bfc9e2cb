using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;

namespace CityTwin.Benchmarks.Grains;

/// <summary>Decide and evolve of the case twin, for each common turn of a case's life.</summary>
public sealed class CaseTurnFigures : IFigureSource
{
    private const double NanosecondsMax = 1_000;
    private const double BytesMax = 500;

    /// <inheritdoc/>
    public string Area => "grains";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        CaseState state = CaseDecider.Initial;
        foreach ((string name, CaseCommand command, double hour) in Life())
        {
            cancellation.ThrowIfCancellationRequested();
            progress($"case turn: {name}");
            CaseState before = state;
            Turn turn = BenchRules.TurnAt(hour);
            TurnCost cost = TurnCost.Of(() => Run(before, command, turn));
            yield return new Figure(Area, $"case: {name}", cost.Nanoseconds, "ns", NanosecondsMax, Better.Lower, null, "decide + evolve, one thread, best of 7 rounds");
            yield return new Figure(Area, $"case: {name}, allocated", cost.Bytes, "B", BytesMax, Better.Lower, null, "decide + evolve, events and new states included");
            state = Run(state, command, turn);
        }
    }

    private static IEnumerable<(string Name, CaseCommand Command, double Hour)> Life()
    {
        TwinId clerk = BenchRules.Clerk;
        var queued = new CaseCommand.RecordQueued(BenchRules.Commune, BenchRules.Desk);
        var start = new CaseCommand.StartWork(BenchRules.Desk, clerk);
        return
        [
            ("file", new CaseCommand.FileDossier("birth", BenchRules.Commune, TwinId.Citizen(1), Channel.Counter, []), 0),
            ("queued", queued, 0),
            ("start", start, 0.5),
            ("ask citizen", new CaseCommand.AskCitizen(clerk, [], "Tên cha?"), 1),
            ("answer", new CaseCommand.Answer([], "Nguyễn Văn A"), 30),
            ("queued again", queued, 30),
            ("start again", start, 31),
            ("escalate", new CaseCommand.Escalate(clerk, "Vượt thẩm quyền"), 32),
            ("queued at department", queued, 32),
            ("start at department", start, 33),
            ("resolve", new CaseCommand.Resolve(clerk, "Đã đăng ký"), 34),
            ("return result", new CaseCommand.ReturnResult(), 35),
            ("rate and close", new CaseCommand.Rate(5), 40),
        ];
    }

    private static CaseState Run(CaseState state, CaseCommand command, in Turn turn)
    {
        Decision<CaseEvent> decision = CaseDecider.Decide(state, command, turn);
        for (int i = 0; i < decision.Count; i++)
        {
            state = CaseDecider.Evolve(state, decision[i]);
        }
        return decision.IsRefused ? throw new InvalidOperationException($"{command} was refused: {decision.Refusal}") : state;
    }
}
