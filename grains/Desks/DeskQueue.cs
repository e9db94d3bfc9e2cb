using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>How cases join, are taken and leave.</content>
public sealed partial class DeskDecider
{
    /// <summary>Officials at one desk.</summary>
    public const int OfficialsMax = 1_000;

    private static Decision<DeskEvent> Enqueue(DeskState state, DeskCommand.Enqueue c, in Turn turn)
    {
        if (state.Places.ContainsKey(c.Case) || state.InHand.ContainsKey(c.Case))
        {
            return Decision<DeskEvent>.Unchanged;
        }
        if (c.Case.Kind != TwinKind.Case || c.Urgency > Urgency.Immediate)
        {
            return Refusal.OutOfRange;
        }
        return IsClosed(state)
            ? new DeskEvent.CaseTurnedAway(turn.At, c.Case, state.Successor)
            : new DeskEvent.CaseEnqueued(turn.At, c.Case, c.DueAt, c.Urgency);
    }

    private static Decision<DeskEvent> TakeNext(DeskState state, DeskCommand.TakeNext c, in Turn turn)
    {
        Refusal refusal = CheckHands(state, c.Official, turn.Rules.Terms.InHandMax);
        if (refusal == Refusal.None && state.Queue.IsEmpty)
        {
            refusal = Refusal.DeskEmpty;
        }
        return refusal != Refusal.None ? refusal : new DeskEvent.CaseTaken(turn.At, state.Queue.Min.Case, c.Official);
    }

    private static Decision<DeskEvent> Start(DeskState state, DeskCommand.Start c, in Turn turn)
    {
        if (state.InHand.TryGetValue(c.Case, out TwinId holder) && holder == c.Official && !IsClosed(state))
        {
            return Decision<DeskEvent>.Unchanged;
        }
        Refusal refusal = CheckHands(state, c.Official, turn.Rules.Terms.InHandMax);
        if (refusal == Refusal.None && !state.Places.ContainsKey(c.Case))
        {
            refusal = Refusal.CaseNotAtDesk;
        }
        return refusal != Refusal.None ? refusal : new DeskEvent.CaseTaken(turn.At, c.Case, c.Official);
    }

    private static Decision<DeskEvent> Release(DeskState state, DeskCommand.Release c, in Turn turn)
    {
        bool isHere = state.Places.ContainsKey(c.Case) || state.InHand.ContainsKey(c.Case);
        return isHere ? new DeskEvent.CaseReleased(turn.At, c.Case, c.Reason) : Refusal.CaseNotAtDesk;
    }

    private static Refusal CheckHands(DeskState state, TwinId official, int inHandMax)
    {
        if (IsClosed(state))
        {
            return Refusal.DeskNotOpen;
        }
        if (!state.Officials.Contains(official))
        {
            return Refusal.OfficialNotAtDesk;
        }
        int inHand = 0;
        foreach ((_, TwinId holder) in state.InHand)
        {
            inHand += holder == official ? 1 : 0;
        }
        return inHand >= inHandMax ? Refusal.OfficialHandsFull : Refusal.None;
    }

    private static DeskState Join(DeskState state, DeskEvent.CaseEnqueued e)
    {
        QueuePlace place = QueueOrder.PlaceOf(state.Discipline, e.Case, e.Urgency, e.DueAt, e.At);
        return state with { Queue = state.Queue.Add(place), Places = state.Places.Add(e.Case, place) };
    }

    private static DeskState Take(DeskState state, DeskEvent.CaseTaken e) => state with
    {
        Queue = state.Queue.Remove(state.Places[e.Case]),
        Places = state.Places.Remove(e.Case),
        InHand = state.InHand.Add(e.Case, e.Official),
        Taken = state.Taken + 1,
    };

    private static DeskState Leave(DeskState state, TwinId caseId) => state.Places.TryGetValue(caseId, out QueuePlace place)
        ? state with { Queue = state.Queue.Remove(place), Places = state.Places.Remove(caseId) }
        : state with { InHand = state.InHand.Remove(caseId) };

    private static DeskState Reorder(DeskState state, Discipline discipline)
    {
        ImmutableArray<QueuePlace> places =
            [.. state.Queue.Select(p => QueueOrder.PlaceOf(discipline, p.Case, p.Urgency, p.DueAt, p.Since))];
        return state with
        {
            Discipline = discipline,
            Queue = [.. places],
            Places = places.ToImmutableDictionary(p => p.Case),
        };
    }
}
