using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace CityTwin.Grains.Orleans;

/// <summary>Chooses the silo of a new activation: the one that scores highest for the twin's office, or for the twin itself when it has none.</summary>
/// <remarks>
/// Rendezvous hashing (Thaler and Ravishankar, 1998): every silo computes the same choice from the same members, and a silo that joins
/// or leaves moves only the offices that it gains or had. A case has its office from the call that activates it, see
/// <see cref="Office.ContextKey"/>; one that is activated by a reading without it is placed by its own number.
/// </remarks>
public sealed class OfficePlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hinted)
        {
            return Task.FromResult(hinted);
        }
        long office = target.RequestContextData?.TryGetValue(Office.ContextKey, out object? told) == true ? (long)told : 0;
        return Task.FromResult(Choose(silos, KeyOf(TwinId.FromValue(target.GrainIdentity.GetIntegerKey()), office)));
    }

    /// <summary>The silo for a key among some silos.</summary>
    public static SiloAddress Choose(SiloAddress[] silos, long key)
    {
        SiloAddress best = silos[0];
        ulong highest = 0;
        foreach (SiloAddress silo in silos)
        {
            ulong score = Mix(unchecked((ulong)key * 0x9E3779B97F4A7C15UL ^ (uint)silo.GetConsistentHashCode()));
            if (score >= highest)
            {
                (best, highest) = (silo, score);
            }
        }
        return best;
    }

    /// <summary>What is hashed for a twin: its own office, else the one that the call concerns, else the twin.</summary>
    public static long KeyOf(TwinId twin, long office) =>
        Office.Of(twin) is not 0 and long own ? own : office != 0 && twin.Kind == TwinKind.Case ? office : twin.Value;

    // Finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
