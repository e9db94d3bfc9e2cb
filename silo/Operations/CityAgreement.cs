using CityTwin.Grains;

namespace CityTwin.Silo.Operations;

/// <summary>What must hold between twins when no message is under way: a case and its desk say the same about each other.</summary>
internal static class CityAgreement
{
    /// <summary>Compares all twins; tells what does not agree.</summary>
    public static void Check(IReadOnlyDictionary<TwinId, TwinState> twins, Action<string> found)
    {
        foreach ((TwinId twin, TwinState state) in twins)
        {
            switch (state)
            {
                case CaseState { Stage: CaseStage.Queued } at when Desk(twins, at.Desk)?.Places.ContainsKey(twin) != true:
                    found($"{twin} says it waits at {at.Desk}, whose queue does not have it");
                    break;
                case CaseState { Stage: CaseStage.InProgress } at when Desk(twins, at.Desk)?.InHand.GetValueOrDefault(twin) != at.Official:
                    found($"{twin} says {at.Official} has it in hand at {at.Desk}, which does not say so");
                    break;
                case DeskState desk:
                    Check(twin, desk, twins, found);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Check(TwinId desk, DeskState state, IReadOnlyDictionary<TwinId, TwinState> twins, Action<string> found)
    {
        foreach (TwinId waiting in state.Places.Keys.Where(c => !(Case(twins, c) is { Stage: CaseStage.Queued } at && at.Desk == desk)))
        {
            found($"{desk} has {waiting} in its queue, which says it is elsewhere");
        }
        foreach (TwinId taken in state.InHand.Keys.Where(c => !(Case(twins, c) is { Stage: CaseStage.InProgress } at && at.Desk == desk)))
        {
            found($"{desk} has {taken} in hand, which says it is elsewhere");
        }
    }

    private static DeskState? Desk(IReadOnlyDictionary<TwinId, TwinState> twins, TwinId desk) => twins.GetValueOrDefault(desk) as DeskState;

    private static CaseState? Case(IReadOnlyDictionary<TwinId, TwinState> twins, TwinId id) => twins.GetValueOrDefault(id) as CaseState;
}
