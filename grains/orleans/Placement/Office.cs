using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>Near which office a twin belongs: the placement's one notion.</summary>
public static class Office
{
    /// <summary>The request context's name for the office that a call concerns.</summary>
    public const string ContextKey = "citytwin.office";

    private const int DesksOfOffice = 100;
    private const int OfficialsOfOffice = 1_000;

    /// <summary>The number of the office that an identity tells of; 0 where it tells of none.</summary>
    public static long Of(TwinId twin) => twin.Kind switch
    {
        TwinKind.Commune or TwinKind.Department => twin.Number,
        TwinKind.Desk => twin.Number / DesksOfOffice,
        TwinKind.Official => twin.Number / OfficialsOfOffice,
        _ => 0,
    };

    /// <summary>The office that a command tells of, for a case that is filed; 0 for none.</summary>
    public static long Of(TwinCommand command) => command switch
    {
        CaseCommand.FileDossier c => c.Commune.Number,
        CaseCommand.FileFeedback c => c.Commune.Number,
        _ => 0,
    };

    /// <summary>The office where a case is; 0 for none and for other twins.</summary>
    public static long Of(TwinState state) => state is CaseState { Office: var office } ? office.Number : 0;

    /// <summary>Lets the calls that follow place a new activation near an office.</summary>
    public static void Hint(long office)
    {
        if (office != 0)
        {
            RequestContext.Set(ContextKey, office);
        }
    }
}
