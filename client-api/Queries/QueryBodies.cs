using System.Text.Json;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>A query, where an address is too short for it. The members are those of GET /query.</summary>
internal sealed record QueryBody : QueryRequest
{
    /// <summary>As of this moment.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>No older than this journal position.</summary>
    public long? After { get; init; }
}

/// <summary>The answer to a query.</summary>
/// <param name="Type">The kind of twin.</param>
/// <param name="Position">The journal position that all of the answer is of.</param>
/// <param name="Now">The moment that now meant.</param>
/// <param name="Columns">The names of the columns, in order.</param>
/// <param name="Items">The twins or groups, by name of the column; what has no value is left out.</param>
/// <param name="Next">Give it as cursor for the next page; null when there is no more.</param>
/// <param name="Cost">What it was estimated to cost.</param>
/// <param name="Examined">Twins that were looked at.</param>
internal sealed record QueryReading(
    string Type, long Position, DateTimeOffset Now, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Items, string? Next,
    long Cost, long Examined);

/// <summary>What can be asked.</summary>
/// <param name="Types">Every kind of twin.</param>
/// <param name="Functions">The functions of aggregate.</param>
/// <param name="MomentParts">The parts of a moment that groupBy takes, as day(filedAt).</param>
/// <param name="TimeUnits">The units of now + ….</param>
/// <param name="CostMax">What one query may cost.</param>
internal sealed record QuerySchemaReading(
    IReadOnlyList<QueryTypeReading> Types, IReadOnlyList<string> Functions, IReadOnlyList<string> MomentParts, IReadOnlyList<string> TimeUnits, long CostMax);

/// <summary>A kind of twin that can be asked for.</summary>
/// <param name="Type">Its word.</param>
/// <param name="Description">What such a twin is.</param>
/// <param name="Attributes">What can be asked about it.</param>
internal sealed record QueryTypeReading(string Type, string Description, IReadOnlyList<QueryAttributeReading> Attributes);

/// <summary>An attribute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">number, moment, flag, word, id, text, words or place.</param>
/// <param name="Unit">The unit of a number; null without one.</param>
/// <param name="Description">What it means.</param>
/// <param name="Operators">The comparisons it takes; every attribute can be asked for its existence.</param>
/// <param name="Words">The words it can have.</param>
/// <param name="Kinds">The kinds of twins that an identity can be of.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Indexed">Whether an equality finds its twins without looking at all.</param>
/// <param name="Shown">Whether answers have it unless select says otherwise.</param>
/// <param name="MovesWithTime">Whether its value changes by the clock alone.</param>
internal sealed record QueryAttributeReading(
    string Name, string Type, string? Unit, string Description, IReadOnlyList<string> Operators, IReadOnlyList<string>? Words, IReadOnlyList<string>? Kinds,
    IReadOnlyList<string>? Aliases, bool Indexed, bool Shown, bool MovesWithTime);
