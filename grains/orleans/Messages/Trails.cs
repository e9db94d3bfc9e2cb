using System.Collections.Concurrent;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>The commands of this silo whose callers wait until all that follows from them is durable.</summary>
/// <param name="node">This silo, as tags name it: different for every silo that ever was in the cluster.</param>
/// <remarks>A trail is at its end when every share of it has been given back; see <see cref="TrailTag"/>. Thread-safe.</remarks>
public sealed class Trails(Guid node)
{
    private readonly ConcurrentDictionary<long, Trail> _trails = new();
    private long _lastTicket;

    /// <summary>This silo, as tags name it.</summary>
    public Guid Node { get; } = node;

    /// <summary>Where other silos give shares of this one's trails back; set when the silo is up.</summary>
    public ITrailKeeper? Keeper { get; set; }

    /// <summary>Begins a trail: everything that carries a share of the tag is waited for.</summary>
    public Trail Begin()
    {
        long ticket = Interlocked.Increment(ref _lastTicket);
        Trail trail = new(new TrailTag(Node, ticket, TrailTag.Whole, Keeper));
        _trails[ticket] = trail;
        return trail;
    }

    /// <summary>Nobody waits for a trail any more.</summary>
    public void End(Trail trail) => _trails.TryRemove(trail.Tag.Ticket, out _);

    /// <summary>Gives a share back: nothing more follows from it.</summary>
    public void Return(TrailTag tag)
    {
        if (!tag.IsFollowed)
        {
            return;
        }
        if (tag.Node != Node)
        {
            // One-way: should it be lost with its silo, whoever waits there is lost too, or waits no longer than it may.
            tag.Keeper?.Return(tag.Ticket, tag.Credit).Ignore();
        }
        else
        {
            Return(tag.Ticket, tag.Credit);
        }
    }

    /// <summary>Takes back a share of a trail of this silo.</summary>
    public void Return(long ticket, long credit)
    {
        if (_trails.TryGetValue(ticket, out Trail? trail))
        {
            trail.Return(credit);
        }
    }

    /// <summary>Divides a share among messages. A share that cannot be divided any more goes to the first.</summary>
    public static TrailTag[] Divide(TrailTag tag, int count)
    {
        TrailTag[] shares = new TrailTag[count];
        if (tag.IsFollowed && count > 0)
        {
            long each = tag.Credit >= count ? tag.Credit / count : 0;
            for (int i = 0; each > 0 && i < count; i++)
            {
                shares[i] = tag with { Credit = each };
            }
            shares[0] = tag with { Credit = tag.Credit - (each * (count - 1)) };
        }
        return shares;
    }
}

/// <summary>One command's trail.</summary>
public sealed class Trail(TrailTag tag)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _returned;

    /// <summary>The whole of it.</summary>
    public TrailTag Tag { get; } = tag;

    /// <summary>Completes when nothing more follows.</summary>
    public Task Ended => _end.Task;

    internal void Return(long credit)
    {
        if (Interlocked.Add(ref _returned, credit) >= TrailTag.Whole)
        {
            _end.TrySetResult();
        }
    }
}
