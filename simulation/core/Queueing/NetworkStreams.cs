namespace CityTwin.Simulation.Queueing;

/// <summary>The streams of a network: one per source, one per station, one for routing.</summary>
internal sealed class NetworkStreams
{
    private readonly RandomStream[] _arrivals;
    private readonly RandomStream[] _service;
    private readonly double[] _gapMean;
    private readonly CyclicRate?[] _cyclic;
    private RandomStream _routing;

    public NetworkStreams(NetworkDefinition definition, ulong seed, int replication)
    {
        _arrivals = [.. definition.Sources.Select((_, i) => RandomStream.Of(seed, StreamPurpose.Arrivals, i, replication))];
        _service = [.. definition.Stations.Select((_, i) => RandomStream.Of(seed, StreamPurpose.Handling, i, replication))];
        _routing = RandomStream.Of(seed, StreamPurpose.Routing, 0, replication);
        _gapMean = [.. definition.Sources.Select(s => 1 / s.Rate)];
        _cyclic = [.. definition.Sources.Select(s => s.Profile is { } profile ? new CyclicRate(profile, s.Cycle, s.Rate) : null)];
    }

    public double NextArrival(int source, double now) => _cyclic[source] is { } rate
        ? rate.After(now, _arrivals[source].NextExponential())
        : now + (_gapMean[source] * _arrivals[source].NextExponential());

    public double NextExponentialService(int station) => _service[station].NextExponential();

    public double NextService(int station, Duration service) => service.Next(ref _service[station]);

    public double NextRouting() => _routing.NextUnit();
}
