using CityTwin.Grains;

namespace CityTwin.Silo;

/// <summary>What keeps the turn thread busy, from a sample of the latest turns.</summary>
/// <param name="Samples">On how many sampled turns it rests, one in 32; at most 65,536, older ones weigh less.</param>
/// <param name="Busiest">The twins with the most turns, the busiest first.</param>
/// <param name="Times">How long turns took, by kind of command.</param>
public sealed record TurnLoad(long Samples, IReadOnlyList<BusyTwin> Busiest, IReadOnlyList<TurnTime> Times)
{
    /// <summary>Nothing sampled.</summary>
    public static TurnLoad None { get; } = new(0, [], []);
}

/// <summary>A twin's part in the turns.</summary>
/// <param name="Twin">Which.</param>
/// <param name="Share">Its share of the sampled turns, 0 to 1; never too low.</param>
/// <param name="ShareError">By how much the share may be too high.</param>
public sealed record BusyTwin(TwinId Twin, double Share, double ShareError);

/// <summary>How long the turns of one kind of command took.</summary>
/// <param name="Command">The kind.</param>
/// <param name="Share">Its share of the sampled turns, 0 to 1.</param>
/// <param name="Median">Half of them took at most so long; a bound out of a row that doubles.</param>
/// <param name="P99">99 of 100 took at most so long.</param>
public sealed record TurnTime(string Command, double Share, TimeSpan Median, TimeSpan P99);

/// <summary>A twin that was stopped.</summary>
/// <param name="Twin">Which.</param>
/// <param name="Reason">The type of what was thrown. Its words are in the log: they may hold what an event held.</param>
public sealed record StoppedTwin(TwinId Twin, string Reason);
