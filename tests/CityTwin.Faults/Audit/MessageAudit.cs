using CityTwin.Faults.Twins;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Audit;

/// <summary>Every message to a ledger: sent by a durable event, written down once, in its sender's order.</summary>
internal sealed class MessageAudit(Verdict verdict)
{
    private readonly Dictionary<(TwinId Sender, TwinId Target), Queue<LedgerCommand.Post>> _underWay = [];
    private readonly Outbox _outbox = new();

    /// <summary>Messages sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>Messages sent and not written down yet.</summary>
    public int UnderWay => _underWay.Values.Sum(q => q.Count);

    public void Follow(in RecordedEvent e, TwinHistory twin)
    {
        if (e.Event is LedgerEvent.Posted posted)
        {
            WriteDown(e, posted);
        }
        if (e.Event is BellEvent or LedgerEvent)
        {
            _outbox.Clear();
            twin.Type.React(e.Twin, twin.State, e.Event, _outbox);
            foreach (Message message in _outbox.Messages)
            {
                Sent++;
                Queue(e.Twin, message.Target).Enqueue((LedgerCommand.Post)message.Command);
            }
        }
    }

    private void WriteDown(in RecordedEvent e, LedgerEvent.Posted posted)
    {
        // A message with its first hop comes from the bell; later ones from the ledger before.
        foreach (((TwinId _, TwinId target), Queue<LedgerCommand.Post> queue) in _underWay)
        {
            if (target == e.Twin && queue.TryPeek(out LedgerCommand.Post? next)
                && next.From == posted.From && next.Number == posted.Number && next.Hops == posted.Hops)
            {
                queue.Dequeue();
                return;
            }
        }
        verdict.Fail($"{e.Twin} wrote down number {posted.Number} of {posted.From} (position {e.Position}): not sent, doubled or overtaken");
    }

    private Queue<LedgerCommand.Post> Queue(TwinId sender, TwinId target)
    {
        if (!_underWay.TryGetValue((sender, target), out Queue<LedgerCommand.Post>? queue))
        {
            _underWay[(sender, target)] = queue = new Queue<LedgerCommand.Post>();
        }
        return queue;
    }
}
