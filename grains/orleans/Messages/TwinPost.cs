using CityTwin.Grains;
using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>Messages of one sender to one receiver, oldest first. Immutable.</summary>
/// <param name="letters">1 or more.</param>
/// <param name="rulesVersion">The version of the city twin that the sender's silo has seen.</param>
[GenerateSerializer, Immutable]
public sealed class TwinPost(Letter[] letters, int rulesVersion)
{
    /// <summary>The messages.</summary>
    [Id(0)]
    public Letter[] Letters { get; } = letters;

    /// <summary>The version of the city twin that the sender's silo has seen.</summary>
    [Id(1)]
    public int RulesVersion { get; } = rulesVersion;
}

/// <summary>What became of a post.</summary>
/// <param name="Taken">How many letters were taken, from the first: all, or fewer when the twin is stopped.</param>
/// <param name="Gone">Numbers of letters that were taken before, by another activation; then the rest is to be sent again.</param>
[GenerateSerializer, Immutable]
public sealed record PostOutcome([property: Id(0)] int Taken, [property: Id(1)] long[] Gone);

/// <summary>One message: it is in the outbox until the receiver's turn is durable. Immutable.</summary>
[GenerateSerializer, Immutable]
public sealed class Letter
{
    /// <summary>Its number in the outbox: unique, and growing with the order of sending.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>What the receiver is asked to do.</summary>
    [Id(1)]
    public required TwinCommand Command { get; init; }

    /// <summary>The moment of the turn that sent it.</summary>
    [Id(2)]
    public DateTimeOffset At { get; init; }

    /// <summary>The command at the edge that it follows from, if anybody waits for all that follows.</summary>
    [Id(3)]
    public TrailTag Trail { get; init; }
}

/// <summary>A share of a trail: who holds it, or parts of it, may still make something follow from the command it began with.</summary>
/// <param name="Node">The silo where somebody waits.</param>
/// <param name="Ticket">Which trail of that silo; 0: nobody waits.</param>
/// <param name="Credit">How much of the whole this share is.</param>
/// <param name="Keeper">Where other silos give shares back.</param>
/// <remarks>Source: credit recovery, Mattern, "Global quiescence detection based on credit distribution and recovery", 1989.</remarks>
[GenerateSerializer, Immutable]
public readonly record struct TrailTag([property: Id(0)] Guid Node, [property: Id(1)] long Ticket, [property: Id(2)] long Credit, [property: Id(3)] ITrailKeeper? Keeper)
{
    /// <summary>The whole of a trail.</summary>
    public const long Whole = 1L << 60;

    /// <summary>Whether anybody waits.</summary>
    public bool IsFollowed => Ticket != 0;
}

/// <summary>Where shares of a silo's trails are given back.</summary>
public interface ITrailKeeper : IGrainObserver
{
    /// <summary>A share is given back: nothing more follows from it.</summary>
    [global::Orleans.Concurrency.OneWay]
    Task Return(long ticket, long credit);
}
