using CityTwin.Faults.Disk;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.World;

/// <summary>Decides what goes wrong, and when.</summary>
internal sealed class Fate(Circumstances circumstances, Random random, Action<string> trace) : IJournalFate
{
    private int _crashIn = In(circumstances.CrashEvery, random);
    private int _writeTroubleIn = In(circumstances.WriteTroubleEvery, random);
    private int _readTroubleIn = In(circumstances.ReadTroubleEvery, random);
    private int _viewTroubleIn = In(circumstances.ViewTroubleEvery, random);
    private int _failures;

    /// <summary>No more trouble.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The process has died, and nobody has cleared it away yet.</summary>
    public bool IsDead { get; set; }

    public int Crashes { get; private set; }

    public int Troubles { get; private set; }

    public void Point(string where, int weight = 1)
    {
        if (IsDead)
        {
            throw new SimulatedCrash();
        }
        if (Comes(ref _crashIn, circumstances.CrashEvery, weight))
        {
            trace($"crash: {where}");
            Crashes++;
            IsDead = true;
            throw new SimulatedCrash();
        }
    }

    public void MayFailWrite(string where)
    {
        if (_failures == 0 && Comes(ref _writeTroubleIn, circumstances.WriteTroubleEvery))
        {
            _failures = random.Next(1, 4);
        }
        if (_failures > 0)
        {
            _failures--;
            Fail($"a write fails: {where}");
        }
    }

    public void MayFailRead(string where)
    {
        if (Comes(ref _readTroubleIn, circumstances.ReadTroubleEvery))
        {
            Fail($"a read fails: {where}");
        }
    }

    public void MayFailView(long position)
    {
        Point("view");
        if (Comes(ref _viewTroubleIn, circumstances.ViewTroubleEvery))
        {
            trace($"a view fails at position {position}");
            throw new InvalidOperationException("a view failed (simulated)");
        }
    }

    private void Fail(string what)
    {
        if (IsQuiet)
        {
            _failures = 0;
            return;
        }
        trace(what);
        Troubles++;
        throw new JournalException(what);
    }

    private bool Comes(ref int comesIn, int every, int weight = 1)
    {
        if (IsQuiet || every == 0)
        {
            return false;
        }
        comesIn -= weight;
        if (comesIn > 0)
        {
            return false;
        }
        comesIn = In(every, random);
        return true;
    }

    private static int In(int every, Random random) => every == 0 ? 0 : 1 + random.Next(2 * every);
}
