using CityTwin.Grains;
using CityTwin.Silo;
using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>A command on its way to a grain. Immutable: within a silo it is handed over, not copied.</summary>
/// <param name="command">A command of the twin's kind.</param>
/// <param name="id">Who repeats the command repeats its id; never none: the edge gives one to a command that came without.</param>
/// <param name="at">The city's time at the edge, UTC.</param>
/// <param name="rulesVersion">The version of the city twin that the sender has seen: the turn knows at least those rules.</param>
/// <param name="isAgain">Whether it was sent before: then it may have been executed, by an activation that is no more.</param>
[GenerateSerializer, Immutable]
public sealed class TwinRequest(TwinCommand command, UInt128 id, DateTimeOffset at, int rulesVersion, bool isAgain)
{
    /// <summary>A command of the twin's kind.</summary>
    [Id(0)]
    public TwinCommand Command { get; } = command;

    /// <summary>The command's id.</summary>
    [Id(1)]
    public UInt128 Id { get; } = id;

    /// <summary>The city's time at the edge.</summary>
    [Id(2)]
    public DateTimeOffset At { get; } = at;

    /// <summary>The version of the city twin that the sender has seen.</summary>
    [Id(3)]
    public int RulesVersion { get; } = rulesVersion;

    /// <summary>Whether it was sent before.</summary>
    [Id(4)]
    public bool IsAgain { get; } = isAgain;
}

/// <summary>A grain's answer: a reply, or a reading when there was no command.</summary>
[GenerateSerializer, Immutable]
public sealed class TwinAnswer
{
    /// <summary>What became of the command.</summary>
    [Id(0)]
    public ReplyStatus Status { get; init; }

    /// <summary>Why, when refused.</summary>
    [Id(1)]
    public Refusal Refusal { get; init; }

    /// <summary>Journal position of its last event; for a reading, of the twin's last event.</summary>
    [Id(2)]
    public long Position { get; init; }

    /// <summary>The twin's version.</summary>
    [Id(3)]
    public int Version { get; init; }

    /// <summary>What the command made happen.</summary>
    [Id(4)]
    public TwinEvent[] Events { get; init; } = [];

    /// <summary>The durable state; null unless accepted or unchanged.</summary>
    [Id(5)]
    public TwinState? State { get; init; }

    /// <summary>Whether this is the first answer given again.</summary>
    [Id(6)]
    public bool Repeated { get; init; }

    /// <summary>Without a state.</summary>
    public static TwinAnswer Of(ReplyStatus status) => new() { Status = status };

    /// <summary>As the seam has it.</summary>
    public Reply ToReply() => new(Status, Refusal, Position, Version, Events, State) { Repeated = Repeated };
}

/// <summary>This activation is no longer the twin, or its journal failed: send again under the same id.</summary>
[GenerateSerializer]
public sealed class TwinMovedException : Exception
{
    /// <summary>With what happened.</summary>
    public TwinMovedException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened and its cause.</summary>
    public TwinMovedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public TwinMovedException()
        : base("the twin has moved")
    {
    }
}
