using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a desk can be asked to do. Those under "message" come from other twins only.</summary>
public abstract record DeskCommand : TwinCommand
{
    private DeskCommand()
    {
    }

    /// <summary>An official takes the first case of the queue.</summary>
    public sealed record TakeNext(TwinId Official) : DeskCommand;

    /// <summary>An official takes a certain case out of its turn.</summary>
    public sealed record Start(TwinId Case, TwinId Official) : DeskCommand;

    /// <summary>The order in which cases are taken changes; the queue is ordered anew.</summary>
    public sealed record SetDiscipline(Discipline Discipline) : DeskCommand;

    /// <summary>Officials join the desk.</summary>
    public sealed record AssignOfficials(ImmutableArray<TwinId> Officials) : DeskCommand;

    /// <summary>An official leaves the desk; what is in hand stays in hand until it is done or moved.</summary>
    public sealed record RemoveOfficial(TwinId Official) : DeskCommand;

    /// <summary>Message of an office: the desk opens.</summary>
    public sealed record Open(TwinId Office, DeskDefinition Definition) : DeskCommand;

    /// <summary>Message of an office: a case for the queue.</summary>
    public sealed record Enqueue(TwinId Case, DateTimeOffset DueAt, Urgency Urgency) : DeskCommand;

    /// <summary>Message of a case: it leaves the queue or the hands of its official.</summary>
    public sealed record Release(TwinId Case, LeaveReason Reason) : DeskCommand;

    /// <summary>Message of a merged office: the desk closes and its cases go to another office.</summary>
    public sealed record Close(TwinId Successor) : DeskCommand;

    /// <summary>Message of a split office: a share of the cases goes to the new office.</summary>
    /// <param name="To">The new office.</param>
    /// <param name="SharePercent">1 to 99: cases whose stable hash falls below go.</param>
    public sealed record HandOver(TwinId To, int SharePercent) : DeskCommand;
}
