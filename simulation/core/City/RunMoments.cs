namespace CityTwin.Simulation.City;

/// <summary>What a run tells while it goes on; each call is made at the moment it speaks of, in order.</summary>
public interface IRunObserver
{
    /// <summary>A case was filed and its deadline set.</summary>
    void Filed(int ordinal, long at, long dueAt);

    /// <summary>A case joined the queue of a desk.</summary>
    void Queued(int ordinal, long at, int desk);

    /// <summary>An officer began to work on a case.</summary>
    void Started(int ordinal, long at, int desk, int officer, long work);

    /// <summary>A case was decided.</summary>
    void Resolved(int ordinal, long at, long dueAt);
}
