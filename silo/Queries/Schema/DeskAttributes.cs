using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about desks.</summary>
internal static class DeskAttributes
{
    private static readonly WordList<Discipline> Disciplines = new();

    /// <summary>The table.</summary>
    public static QuerySchema<StateRow<DeskFigures>> Schema { get; } = new(
        "desk", TwinKind.Desk, "A queue of one office, with its officials.",
        [
            new("id", QueryType.Id, "Its identity.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.Id)) { Kinds = [TwinKind.Desk], IsIndexed = true },
            new("office", QueryType.Id, "Its office.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.Office)) { Kinds = [TwinKind.Commune, TwinKind.Department] },
            new("nameVi", QueryType.Text, "The Vietnamese name.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.NameVi)),
            new("nameEn", QueryType.Text, "The English name.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.NameEn)),
            new("skills", QueryType.Text, "What it can work on, separated by blanks.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(string.Join(' ', r.State!.Skills))),
            new("discipline", QueryType.Word, "In which order it takes cases.", (in StateRow<DeskFigures> r, QueryContext _) => Disciplines[(int)r.State!.Discipline]) { Words = Disciplines.Words },
            new("officials", QueryType.Number, "How many work there.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.Officials)),
            new("queued", QueryType.Number, "Cases that wait.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.Present - r.State.InHand.Count)),
            new("inProgress", QueryType.Number, "Cases in hand.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.InHand.Count)),
            new("taken", QueryType.Number, "Cases taken so far.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.Taken)),
            new("closed", QueryType.Flag, "True once it closed.", (in StateRow<DeskFigures> r, QueryContext _) => QueryValue.Of(r.State!.Closed)),
        ]);
}
