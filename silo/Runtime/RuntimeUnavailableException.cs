namespace CityTwin.Silo;

/// <summary>The runtime cannot answer now: overloaded, recovering or stopping. Come back after <see cref="Reply.RetryAfter"/>.</summary>
public sealed class RuntimeUnavailableException : Exception
{
    /// <summary>With the reason.</summary>
    public RuntimeUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public RuntimeUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public RuntimeUnavailableException()
        : base("the runtime cannot answer now")
    {
    }
}
