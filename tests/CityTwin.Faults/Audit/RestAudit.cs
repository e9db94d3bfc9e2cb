using CityTwin.Grains;

namespace CityTwin.Faults.Audit;

/// <summary>Judges a town at rest: every case at one place, every total what it counts, every message delivered.</summary>
internal static class RestAudit
{
    public static void Check(World.World world)
    {
        world.History.CatchUp();
        world.Verdict.Check(world.History.Messages.UnderWay == 0, $"{world.History.Messages.UnderWay} messages were sent and never written down");
        CheckPlaces(world.History, world.Verdict);
        CheckLoads(world.History, world.Verdict);
        CheckTotals(world.History, world.Verdict);
    }

    private static void CheckPlaces(History history, Verdict verdict)
    {
        Dictionary<TwinId, TwinId> places = [];
        foreach ((TwinId id, DeskState desk) in history.All<DeskState>())
        {
            verdict.Check(desk.Queue.Count == desk.Places.Count, $"{id}: {desk.Queue.Count} cases in the queue, {desk.Places.Count} places");
            foreach (TwinId held in desk.Places.Keys.Concat(desk.InHand.Keys))
            {
                verdict.Check(places.TryAdd(held, id), $"{held} is at {id} and at {places[held]}");
            }
        }
        foreach ((TwinId id, CaseState state) in history.All<CaseState>())
        {
            bool isAtDesk = places.Remove(id, out TwinId desk);
            bool shouldBe = state.Stage is CaseStage.Queued or CaseStage.InProgress;
            verdict.Check(isAtDesk == shouldBe && (!isAtDesk || state.Desk == desk), $"{id} is {state.Stage} at {state.Desk}, and desk {desk} has it");
            verdict.Check(state.Stage != CaseStage.Received && !state.OnItsWay, $"{id} is {state.Stage}, on its way, and nobody has it");
        }
        verdict.Check(places.Count == 0, $"{places.Count} cases at desks are not known to exist");
    }

    private static void CheckLoads(History history, Verdict verdict)
    {
        foreach ((TwinId id, OfficeState office) in history.All<OfficeState>())
        {
            foreach (DeskLoad load in office.Desks)
            {
                DeskState desk = history.State<DeskState>(load.Desk);
                int open = desk.Places.Count + desk.InHand.Count;
                verdict.Check(load.Open == open, $"{id} counts {load.Open} cases at {load.Desk}, which has {open}");
                verdict.Check(load.Officials == desk.Officials.Length, $"{id} counts {load.Officials} officials at {load.Desk}, which has {desk.Officials.Length}");
            }
            verdict.Check(office.Totals.AtDesks == office.Desks.Sum(d => d.Open), $"{id} counts {office.Totals.AtDesks} cases at its desks");
        }
    }

    private static void CheckTotals(History history, Verdict verdict)
    {
        CaseEvent[] events = [.. history.All<CaseState>().SelectMany(c => history.Of(c.Id).Events).Select(e => (CaseEvent)e.Event)];
        OfficeTotals[] totals = [.. history.All<OfficeState>().Select(o => o.State.Totals)];
        OfficialState[] officials = [.. history.All<OfficialState>().Select(o => o.State)];
        Equal(verdict, "resolved", events.Count(e => e is CaseEvent.CaseResolved), totals.Sum(t => t.Resolved));
        Equal(verdict, "rejected", events.Count(e => e is CaseEvent.CaseRejected), totals.Sum(t => t.Rejected));
        Equal(verdict, "escalated", events.Count(e => e is CaseEvent.CaseEscalated), totals.Sum(t => t.EscalatedIn));
        Equal(verdict, "overdue", events.Count(e => e is CaseEvent.CaseBecameOverdue), totals.Sum(t => t.Overdue));
        Equal(verdict, "rated", events.Count(e => e is CaseEvent.CaseRated), officials.Sum(o => o.Ratings));
        Equal(verdict, "handled", events.Count(e => e is CaseEvent.CaseResolved or CaseEvent.CaseRejected), officials.Sum(o => o.Handled));
    }

    private static void Equal(Verdict verdict, string what, long happened, long counted) =>
        verdict.Check(happened == counted, $"{happened} cases were {what}, {counted} were counted");
}
