using System.Runtime.CompilerServices;

namespace CityTwin.Simulation.Queueing;

/// <summary>Runs a network of stations event by event.</summary>
/// <remarks>
/// Customers are slots in arrays that grow while the network fills and are reused; afterwards nothing is allocated.
/// One run per instance; not thread-safe. Replications are instances with other numbers.
/// </remarks>
public sealed class QueueNetwork
{
    private readonly EventHeap _events = new();
    private readonly NetworkStreams _streams;
    private readonly NetworkTally _tally;
    private readonly int _classes;
    private readonly int[] _servers;
    private readonly int[] _busy;
    private readonly Duration[] _service;
    private readonly double[] _meanService;
    private readonly Source[] _sources;
    private readonly RouteTable _routes;
    private readonly CustomerQueues _queues;
    private int[] _station = new int[64];
    private int[] _class = new int[64];
    private double[] _entered = new double[64];
    private double[] _joined = new double[64];
    private int[] _free = new int[64];
    private int _freeCount;
    private int _customers;

    /// <summary>A network at time 0.</summary>
    /// <param name="definition">Stations, sources and routes.</param>
    /// <param name="seed">The seed of all streams.</param>
    /// <param name="replication">Which replication; scenarios with the same seed and replication have common random numbers.</param>
    public QueueNetwork(NetworkDefinition definition, ulong seed, int replication = 0)
    {
        int stations = definition.Stations.Length;
        _classes = definition.Classes;
        _streams = new NetworkStreams(definition, seed, replication);
        _tally = new NetworkTally(stations, _classes);
        _servers = [.. definition.Stations.Select(s => s.Servers)];
        _busy = new int[stations];
        _service = [.. definition.Stations.Select(s => s.Service)];
        _meanService = [.. _service.Select(s => s.Kind == DurationKind.Exponential ? s.Mean : -1)];
        _sources = [.. definition.Sources];
        _routes = new RouteTable(definition);
        _queues = new CustomerQueues(stations * _classes);
        for (int i = 0; i < _sources.Length; i++)
        {
            _events.Push(EventHeap.KeyOf(_streams.NextArrival(i, 0)), ~i);
        }
        for (int s = 0; s < stations; s++)
        {
            for (int n = 0; n < definition.Stations[s].Initial; n++)
            {
                Join(Admit(0, 0), s, 0);
            }
        }
    }

    /// <summary>Events so far: arrivals and ends of service.</summary>
    public long Events { get; private set; }

    /// <summary>The time of the last event or of the last <see cref="RunUntil"/>.</summary>
    public double Now { get; private set; }

    /// <summary>Mean time in the network of those who came after the warm-up and have left.</summary>
    public double SojournMean => _tally.SojournMean;

    /// <summary>Customers at a station now, waiting and served.</summary>
    public int PopulationOf(int station) => _tally.PopulationOf(station);

    /// <summary>What was seen at a station of a class since the warm-up.</summary>
    public StationRecord Record(int station, int customerClass = 0) =>
        _tally.Record(station, customerClass, Now, _servers[station]);

    /// <summary>Lets waits of class 0 at station 0 be kept one by one, for warm-up detection.</summary>
    public void KeepWaits(List<double> waits) => _tally.Waits = waits;

    /// <summary>Forgets what was seen so far; only customers who come from now on count.</summary>
    public void EndWarmUp() => _tally.Restart(Now);

    /// <summary>Runs all events up to and at a time.</summary>
    public void RunUntil(double time)
    {
        long until = EventHeap.KeyOf(time);
        long events = 0;
        while (_events.TopKey <= until)
        {
            Step();
            events++;
        }
        Events += events;
        Now = time;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step()
    {
        double now = EventHeap.TimeOf(_events.TopKey);
        int what = _events.TopPayload;
        if (what < 0)
        {
            int source = ~what;
            _events.ReplaceTop(EventHeap.KeyOf(_streams.NextArrival(source, now)), what);
            Source from = _sources[source];
            Join(Admit(from.Class, now), from.Station, now);
            return;
        }
        int station = _station[what];
        _tally.Left(station, now);
        int next = NextWaiting(station);
        if (next >= 0)
        {
            _tally.Waited(station, _class[next], _joined[next], now);
            _events.ReplaceTop(EventHeap.KeyOf(now + NextService(station)), next);
        }
        else
        {
            _events.Pop();
            _busy[station]--;
            _tally.ServerFreed(station, now);
        }
        int to = _routes.IsEnd(station) ? -1 : _routes.Next(station, _streams.NextRouting());
        if (to < 0)
        {
            _tally.Gone(_entered[what], now);
            Release(what);
        }
        else
        {
            Join(what, to, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Join(int customer, int station, double now)
    {
        _station[customer] = station;
        _joined[customer] = now;
        _tally.Came(station, now);
        if (_busy[station] < _servers[station])
        {
            _busy[station]++;
            _tally.ServerTaken(station, now);
            _tally.Waited(station, _class[customer], now, now);
            _events.Push(EventHeap.KeyOf(now + NextService(station)), customer);
        }
        else
        {
            _queues.Add((station * _classes) + _class[customer], customer);
        }
    }

    private int NextWaiting(int station)
    {
        int queue = station * _classes;
        for (int c = 0; c < _classes; c++)
        {
            int customer = _queues.Take(queue + c);
            if (customer >= 0)
            {
                return customer;
            }
        }
        return -1;
    }

    private double NextService(int station) => _meanService[station] >= 0
        ? _meanService[station] * _streams.NextExponentialService(station)
        : _streams.NextService(station, _service[station]);

    private int Admit(int customerClass, double now)
    {
        int customer;
        if (_freeCount > 0)
        {
            customer = _free[--_freeCount];
        }
        else
        {
            customer = _customers++;
            if (customer == _station.Length)
            {
                Grow();
            }
        }
        _class[customer] = customerClass;
        _entered[customer] = now;
        return customer;
    }

    private void Release(int customer) => _free[_freeCount++] = customer;

    private void Grow()
    {
        int size = _station.Length * 2;
        Array.Resize(ref _station, size);
        Array.Resize(ref _class, size);
        Array.Resize(ref _entered, size);
        Array.Resize(ref _joined, size);
        Array.Resize(ref _free, size);
        _queues.Grow(size);
    }
}
