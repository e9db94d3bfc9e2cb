namespace CityTwin.Simulation.Cli.Bench;

/// <summary>What the user gave cannot be used; the message says what and where.</summary>
internal sealed class BenchFailureException : Exception
{
    public BenchFailureException(string message)
        : base(message)
    {
    }

    public BenchFailureException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public BenchFailureException()
    {
    }
}
