using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What the query view keeps of one twin.</summary>
internal interface ITwinRow
{
    /// <summary>The twin's number within its kind.</summary>
    long Number { get; }

    /// <summary>The journal position of its last event.</summary>
    long Position { get; }

    /// <summary>False for a free row.</summary>
    bool IsThere { get; }
}

/// <summary>A twin kept as its whole immutable state.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <param name="Id">The twin.</param>
/// <param name="Position">The journal position of its last event.</param>
/// <param name="State">Null for a free row.</param>
internal readonly record struct StateRow<TState>(TwinId Id, long Position, TState? State) : ITwinRow
    where TState : class
{
    /// <inheritdoc/>
    public long Number => Id.Number;

    /// <inheritdoc/>
    public bool IsThere => State is not null;
}
