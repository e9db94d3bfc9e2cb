namespace CityTwin.Cluster.Commits;

/// <summary>The journal knows events of a twin that its activation here does not, or a message has been taken elsewhere: there is a second activation.</summary>
internal sealed class StaleTurnsException : Exception
{
    public StaleTurnsException(string message)
        : base(message)
    {
    }

    public StaleTurnsException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public StaleTurnsException()
    {
    }
}

/// <summary>Somebody was forgotten whose texts this node may have in memory: it forgets first, then writes.</summary>
internal sealed class ForgottenException() : Exception("somebody was forgotten elsewhere");
