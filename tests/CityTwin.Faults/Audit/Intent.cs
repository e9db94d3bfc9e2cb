using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.Faults.Audit;

/// <summary>One command that a caller wants carried out, under one id, however often it must be sent.</summary>
internal sealed class Intent(CommandId id, TwinId target, TwinCommand command)
{
    public CommandId Id { get; } = id;

    public TwinId Target { get; } = target;

    public TwinCommand Command { get; } = command;

    /// <summary>The first acceptance; null while there is none.</summary>
    public Reply? Accepted { get; set; }

    /// <summary>Whether any other definite answer came.</summary>
    public Reply? OtherAnswer { get; set; }

    /// <summary>In which memory of the process that other answer was given: it is remembered as long as that lasts.</summary>
    public int OtherAnswerMemory { get; set; }

    /// <summary>Acceptances that were not called a repeat.</summary>
    public int FirstAnswers { get; set; }

    /// <summary>Sendings whose answer is not known: lost, or "unavailable".</summary>
    public int Unknown { get; set; }

    /// <summary>Sendings that still wait for their answer.</summary>
    public int Pending { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Sendings { get; set; }

    public bool IsAnswered => Accepted is not null || OtherAnswer is not null;

    public Envelope Envelope => new(Target, Command, Id);

    public override string ToString() => $"{Id.ToString()[^6..]} {Target} {Command.GetType().Name}";
}
