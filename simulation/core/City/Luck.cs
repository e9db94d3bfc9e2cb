namespace CityTwin.Simulation.City;

/// <summary>What chance decides in the life of a case, each under an ordinal of its own: two scenarios that ask alike are told alike.</summary>
internal static class Luck
{
    public const int Service = 0;
    public const int Missing = 1;
    public const int FirstAnswer = 2;
    public const int Ask = 3;
    public const int SecondAnswer = 4;
    public const int Escalate = 5;
    public const int SendBack = 6;
    public const int Reopen = 7;
    public const int ReopenAfter = 8;
    public const int Reject = 9;
    public const int Rate = 10;
    public const int Score = 11;

    /// <summary>The process days of a case are one draw: its steps share it.</summary>
    public const int Process = 12;

    private const int FirstVisit = 16;

    /// <summary>The handling at the n-th visit to a desk.</summary>
    public static int Handling(int visit) => FirstVisit + visit;

    public static bool Strikes(ulong key, int ordinal, double chance) => chance > 0 && RandomStream.UnitAt(key, ordinal) < chance;
}
