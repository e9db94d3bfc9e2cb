namespace CityTwin.Silo.Embedded;

/// <summary>The one thread on which every turn of the city is executed, from the start of a run to its end or its failure.</summary>
internal static class TurnLoop
{
    /// <summary>Runs until the pump is stopped, or until the journal fails.</summary>
    /// <returns>What failed in the middle of a turn, or null.</returns>
    public static Exception? Run(TurnPump pump, Ingress ingress)
    {
        try
        {
            while (!pump.IsDone)
            {
                pump.Step(ingress.Take(pump.WaitTime));
            }
            return null;
        }
#pragma warning disable CA1031 // Reading the journal failed in the middle of a turn: answered as a failed commit is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }
}
