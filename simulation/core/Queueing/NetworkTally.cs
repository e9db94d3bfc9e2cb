using System.Runtime.CompilerServices;

namespace CityTwin.Simulation.Queueing;

/// <summary>Counts and sums of a network's run since the warm-up ended.</summary>
internal sealed class NetworkTally(int stations, int classes)
{
    private readonly int[] _population = new int[stations];
    private readonly double[] _populationArea = new double[stations];
    private readonly double[] _populationSince = new double[stations];
    private readonly int[] _busy = new int[stations];
    private readonly double[] _busyArea = new double[stations];
    private readonly double[] _busySince = new double[stations];
    private readonly double[] _waitSum = new double[stations * classes];
    private readonly long[] _served = new long[stations * classes];
    private double _start;
    private double _sojournSum;
    private long _gone;

    public List<double>? Waits { get; set; }

    public double SojournMean => _sojournSum / _gone;

    public int PopulationOf(int station) => _population[station];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Came(int station, double now)
    {
        _populationArea[station] += _population[station]++ * (now - _populationSince[station]);
        _populationSince[station] = now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Left(int station, double now)
    {
        _populationArea[station] += _population[station]-- * (now - _populationSince[station]);
        _populationSince[station] = now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ServerTaken(int station, double now)
    {
        _busyArea[station] += _busy[station]++ * (now - _busySince[station]);
        _busySince[station] = now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ServerFreed(int station, double now)
    {
        _busyArea[station] += _busy[station]-- * (now - _busySince[station]);
        _busySince[station] = now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Waited(int station, int customerClass, double joined, double now)
    {
        if (joined < _start)
        {
            return;
        }
        int place = (station * classes) + customerClass;
        _waitSum[place] += now - joined;
        _served[place]++;
        if (place == 0 && Waits is { } waits)
        {
            waits.Add(now - joined);
        }
    }

    public void Gone(double entered, double now)
    {
        if (entered >= _start)
        {
            _sojournSum += now - entered;
            _gone++;
        }
    }

    public void Restart(double now)
    {
        _start = now;
        _sojournSum = 0;
        _gone = 0;
        Array.Clear(_waitSum);
        Array.Clear(_served);
        Array.Clear(_populationArea);
        Array.Clear(_busyArea);
        Array.Fill(_populationSince, now);
        Array.Fill(_busySince, now);
    }

    public StationRecord Record(int station, int customerClass, double now, int servers)
    {
        int place = (station * classes) + customerClass;
        double time = now - _start;
        double population = _populationArea[station] + (_population[station] * (now - _populationSince[station]));
        double busy = _busyArea[station] + (_busy[station] * (now - _busySince[station]));
        return new StationRecord(
            _served[place],
            _waitSum[place] / _served[place],
            population / time,
            busy / time / (servers == Station.Unlimited ? 1 : servers));
    }
}
