using System.Collections.Concurrent;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>The activations of a silo whose states hold what citizens wrote: when a citizen is forgotten, they go. Thread-safe.</summary>
public sealed class TextHolders
{
    private readonly ConcurrentDictionary<TwinHead, IGrainContext> _holders = new();
    private int _generation;

    /// <summary>Counts those forgotten: who read a twin while it changed reads again.</summary>
    public int Generation => Volatile.Read(ref _generation);

    internal void Add(TwinHead head, IGrainContext activation) => _holders.TryAdd(head, activation);

    internal void Remove(TwinHead head) => _holders.TryRemove(head, out _);

    /// <summary>Gives up the activations that hold texts of somebody; nothing that they have posted and is not durable stands.</summary>
    /// <remarks>To be called when the key of the texts is gone from the silo, and while nothing is being committed.</remarks>
    /// <param name="isConcerned">Whether a durable state has such texts.</param>
    /// <returns>Completes when none is left.</returns>
    public Task GiveUp(Func<TwinId, TwinState, bool> isConcerned)
    {
        Interlocked.Increment(ref _generation);
        List<Task> going = [];
        foreach ((TwinHead head, IGrainContext activation) in _holders)
        {
            if (isConcerned(head.Id, head.Durable.State))
            {
                head.IsLost = true;
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "what it holds is to be forgotten"));
                going.Add(activation.Deactivated);
            }
        }
        return Task.WhenAll(going);
    }
}
