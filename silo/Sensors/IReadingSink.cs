using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>Makes readings durable.</summary>
/// <remarks>Called by one committer at a time, in order.</remarks>
public interface IReadingSink
{
    /// <summary>Stores a batch; completes only when all of it is durable.</summary>
    /// <param name="batch">One or more readings; valid until the call completes.</param>
    /// <returns>The batch's number, rising.</returns>
    ValueTask<long> AcceptAsync(ReadOnlyMemory<Reading> batch);
}
