using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Desks;

/// <summary>An official takes the first case of the queue.</summary>
/// <param name="Official">Who works at the desk; required.</param>
internal sealed record TakeNextBody([property: Required] TwinId? Official = null);

/// <summary>An official takes a certain case out of its turn.</summary>
/// <param name="Official">Who works at the desk; required.</param>
/// <param name="Case">The case that waits there; required.</param>
internal sealed record StartBody([property: Required] TwinId? Official = null, [property: Required] TwinId? Case = null);

/// <summary>The order in which cases are taken.</summary>
/// <param name="Discipline">deadlineFirst or fifo; required.</param>
internal sealed record DisciplineBody([property: Required] Discipline? Discipline = null);

/// <summary>Officials who join the desk.</summary>
/// <param name="Officials">1 to 100 officials.</param>
internal sealed record OfficialsBody([property: Required] TwinId[]? Officials = null);

/// <summary>A desk as it stands, or stood.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="Office">The office it belongs to.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Skills">What it can work on.</param>
/// <param name="Discipline">In which order it takes cases.</param>
/// <param name="Officials">Who works there.</param>
/// <param name="Queued">How many cases wait: see its /queue.</param>
/// <param name="InHand">The cases in hand, and whose.</param>
/// <param name="Taken">Cases taken so far.</param>
/// <param name="Successor">Once closed: where its cases go.</param>
internal sealed record DeskReading(
    TwinId Id, int Version, TwinId Office, string NameVi, string NameEn, ImmutableArray<string> Skills, Discipline Discipline,
    ImmutableArray<TwinId> Officials, int Queued, IReadOnlyList<CaseInHand> InHand, long Taken, TwinId? Successor)
{
    /// <summary>A desk's state as it is told.</summary>
    public static DeskReading From(TwinId id, DeskState s, int version) => new(
        id, version, s.Office, s.NameVi, s.NameEn, s.Skills, s.Discipline, s.Officials, s.Queue.Count,
        [.. s.InHand.OrderBy(h => h.Key).Select(h => new CaseInHand(h.Key, h.Value))], s.Taken, s.Successor.IsNone ? null : s.Successor);
}

/// <summary>A case in an official's hands.</summary>
/// <param name="Case">The case.</param>
/// <param name="Official">Whose.</param>
internal sealed record CaseInHand(TwinId Case, TwinId Official);

/// <summary>A case that waits at a desk.</summary>
/// <param name="Case">The case.</param>
/// <param name="Urgency">More urgent ones come first.</param>
/// <param name="DueAt">Its deadline.</param>
/// <param name="Since">When it joined the queue.</param>
internal sealed record QueuedCase(TwinId Case, Urgency Urgency, DateTimeOffset DueAt, DateTimeOffset Since);

/// <summary>A page of a queue.</summary>
/// <param name="Items">In the order of taking.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
/// <param name="Version">The desk's version.</param>
internal sealed record QueueAnswer(IReadOnlyList<QueuedCase> Items, string? Next, int Version);

/// <summary>A page of desks.</summary>
/// <param name="Items">By identity.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
/// <param name="Position">The journal position that the list knows of.</param>
internal sealed record DeskListAnswer(IReadOnlyList<Silo.Views.DeskLine> Items, string? Next, long Position);

/// <summary>The answer to a command on a desk.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing to change.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="Desk">The desk after it.</param>
/// <param name="Taken">The case that was taken, if one was.</param>
internal sealed record DeskAnswer(string Status, long Position, bool Repeated, DeskReading Desk, TwinId? Taken);
