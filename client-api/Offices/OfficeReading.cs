using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Offices;

/// <summary>A commune or department as it stands, or stood.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="Profile">What is known of it.</param>
/// <param name="Desks">Its desks and their load.</param>
/// <param name="Totals">Its live totals.</param>
/// <param name="Successor">The office that took over its work.</param>
internal sealed record OfficeReading(
    TwinId Id, int Version, OfficeProfile Profile, ImmutableArray<DeskLoad> Desks, OfficeTotals Totals, TwinId? Successor)
{
    /// <summary>An office's state as it is told.</summary>
    public static OfficeReading From(TwinId id, OfficeState s, int version) =>
        new(id, version, s.Profile!, s.Desks, s.Totals, s.Successor.IsNone ? null : s.Successor);
}

/// <summary>A page of offices.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
/// <param name="Position">The journal position that the list knows of.</param>
internal sealed record OfficeListAnswer(IReadOnlyList<OfficeLine> Items, string? Next, long Position);

/// <summary>A new desk.</summary>
/// <param name="Id">Office number × 100 + a free place from 1; required.</param>
/// <param name="NameVi">The Vietnamese name, 1 to 200 characters; required.</param>
/// <param name="NameEn">The English name, 1 to 200 characters; required.</param>
/// <param name="Skills">What it can work on, 1 to 50 codes; required.</param>
/// <param name="Discipline">In which order it takes cases, default deadlineFirst.</param>
/// <param name="Officials">Who works there, 1 to 100; required.</param>
internal sealed record OpenDeskBody(
    [property: Required] TwinId? Id = null, [property: Required] string? NameVi = null, [property: Required] string? NameEn = null, [property: Required] string[]? Skills = null, Discipline? Discipline = null, [property: Required] TwinId[]? Officials = null)
{
    /// <summary>The desk; meaningless when a mistake was added.</summary>
    public DeskDefinition Definition(string at, ref Wire.Mistakes m)
    {
        TwinId id = m.Id(at + ".id", Id, TwinKind.Desk);
        m.Text(at + ".nameVi", NameVi, TextLimits.NameMax);
        m.Text(at + ".nameEn", NameEn, TextLimits.NameMax);
        if (Skills is not { Length: >= 1 and <= 50 })
        {
            m.Add(at + ".skills", "is required: 1 to 50 codes");
        }
        for (int i = 0; i < (Skills?.Length ?? 0) && i < 50; i++)
        {
            m.Text($"{at}.skills[{i}]", Skills![i], TextLimits.CodeMax);
        }
        if (Officials is not { Length: >= 1 and <= 100 })
        {
            m.Add(at + ".officials", "is required: 1 to 100 officials");
        }
        for (int i = 0; i < (Officials?.Length ?? 0) && i < 100; i++)
        {
            m.Id($"{at}.officials[{i}]", Officials![i], TwinKind.Official);
        }
        return new DeskDefinition(id, NameVi ?? "", NameEn ?? "", [.. Skills ?? []], Discipline ?? Grains.Discipline.DeadlineFirst, [.. Officials ?? []]);
    }
}

/// <summary>The answer to a command on an office.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing to change.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="Office">The office after it.</param>
internal sealed record OfficeAnswer(string Status, long Position, bool Repeated, OfficeReading Office);
