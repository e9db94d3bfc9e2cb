namespace CityTwin.Grains;

/// <summary>An event that cannot follow the state before it: the history is damaged, and the twin stops.</summary>
public sealed class CorruptHistoryException : Exception
{
    /// <summary>The event <paramref name="happened"/> met the state <paramref name="state"/>.</summary>
    public CorruptHistoryException(TwinState state, TwinEvent happened)
        : base($"{happened.GetType().Name} cannot follow {state.GetType().Name}")
    {
    }

    /// <summary>With a message alone.</summary>
    public CorruptHistoryException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public CorruptHistoryException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public CorruptHistoryException()
    {
    }
}
