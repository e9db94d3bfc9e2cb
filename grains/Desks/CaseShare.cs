namespace CityTwin.Grains;

/// <summary>Which cases go along when a commune is split: a share picked by a stable hash, the same on every host and in every run.</summary>
public static class CaseShare
{
    /// <summary>Whether a case belongs to the share that goes to an office.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="to">The new office; part of the hash, so that a second split picks other cases than the first.</param>
    /// <param name="sharePercent">0 (none) to 100 (all).</param>
    public static bool Falls(TwinId caseId, TwinId to, int sharePercent)
    {
        // Finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
        unchecked
        {
            ulong z = (ulong)caseId.Value ^ ((ulong)to.Value * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (int)((z ^ (z >> 31)) % 100) < sharePercent;
        }
    }
}
