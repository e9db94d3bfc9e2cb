using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>The attributes of one kind of twin: the one table behind reading, completing, documenting and answering queries.</summary>
public abstract class QuerySchema
{
    /// <summary>An attribute that no twin ever has: what grammars that know no schema mean by a name that there is not.</summary>
    public const string Absent = "_absent";

    private readonly Dictionary<string, QueryAttribute> _byName = new(StringComparer.Ordinal);

    private protected QuerySchema(string type, TwinKind kind, string description, IReadOnlyList<QueryAttribute> attributes)
    {
        Type = type;
        Kind = kind;
        Description = description;
        Attributes = attributes;
        foreach (QueryAttribute attribute in attributes)
        {
            _byName.Add(attribute.Name, attribute);
            foreach (string alias in attribute.Aliases)
            {
                _byName.Add(alias, attribute);
            }
        }
    }

    /// <summary>The word for the kind, as <c>case</c>.</summary>
    public string Type { get; }

    /// <summary>The kind.</summary>
    public TwinKind Kind { get; }

    /// <summary>What such a twin is.</summary>
    public string Description { get; }

    /// <summary>Makes an attribute known by name only.</summary>
    private protected void Hide(QueryAttribute attribute) => _byName.Add(attribute.Name, attribute);

    /// <summary>The attributes, the most telling first.</summary>
    public IReadOnlyList<QueryAttribute> Attributes { get; }

    /// <summary>Every kind that can be asked for.</summary>
    public static IReadOnlyList<QuerySchema> All { get; } =
    [
        CaseAttributes.Schema, DeskAttributes.Schema, OfficeAttributes.Communes, OfficeAttributes.Departments, SensorAttributes.Schema,
        OfficialAttributes.Schema, CitizenAttributes.Schema,
    ];

    /// <summary>The schema for a word, or null.</summary>
    public static QuerySchema? Of(string type) => All.FirstOrDefault(s => s.Type == type);

    /// <summary>The schema of a kind, or null.</summary>
    public static QuerySchema? Of(TwinKind kind) => All.FirstOrDefault(s => s.Kind == kind);

    /// <summary>An attribute by its name or another name of it; null when there is none.</summary>
    public QueryAttribute? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The word for a kind.</summary>
    internal static string WordOf(TwinKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>The attributes of rows of a type.</summary>
internal sealed class QuerySchema<TRow> : QuerySchema
    where TRow : struct, ITwinRow
{
    /// <summary>A kind of twin and its attributes.</summary>
    public QuerySchema(string type, TwinKind kind, string description, IReadOnlyList<QueryAttribute<TRow>> attributes)
        : base(type, kind, description, attributes) =>
        Hide(new QueryAttribute<TRow>(Absent, QueryType.Text, "Never has a value.", static (in TRow _, QueryContext _) => default) { IsShown = false });

    /// <summary>The point of a row, for near= and within=; null where a kind has none.</summary>
    public Func<TRow, GeoPoint?>? Place { get; init; }

    /// <summary>The commune of a row, for within=commune/…; null where a kind has none.</summary>
    public QueryAttribute<TRow>? Commune { get; init; }
}
