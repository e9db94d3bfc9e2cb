namespace CityTwin.Simulation.City;

/// <summary>Where a simulated case is.</summary>
internal enum CasePlace : byte
{
    Free = 0,
    Deferred,
    Travelling,
    Waiting,
    Queued,
    InHand,
    InProcess,
    Decided,
}

/// <summary>One case: what an event reads and writes lies together, in little more than one cache line.</summary>
internal struct SimulatedCase
{
    public ulong Key;
    public long FiledAt;
    public long DueAt;
    public long DueLeft;
    public long WorkLeft;
    public long JoinedAt;
    public long Waited;
    public uint Ordinal;
    public int Origin;
    public int Desk;
    public int Trace;
    public ushort Service;
    public CasePlace Place;
    public byte Urgency;
    public byte StepsDone;
    public byte Visits;
    public bool IsAsked;
    public bool IsEscalated;
    public bool IsReturned;
    public bool IsReopened;
}

/// <summary>The open cases of a run: slots that are reused, so that memory follows the backlog and not the simulated time.</summary>
internal sealed class CaseTable
{
    private SimulatedCase[] _cases = new SimulatedCase[1024];
    private int[] _free = new int[1024];
    private int _freeCount;
    private int _used;
    private uint _ordinal;

    /// <summary>Slots ever used at once.</summary>
    public int PeakCount => _used;

    public ref SimulatedCase this[int slot] => ref _cases[slot];

    public int Take()
    {
        int slot;
        if (_freeCount > 0)
        {
            slot = _free[--_freeCount];
        }
        else
        {
            if (_used == _cases.Length)
            {
                Array.Resize(ref _cases, _used * 2);
                Array.Resize(ref _free, _used * 2);
            }
            slot = _used++;
        }
        _cases[slot] = new SimulatedCase { Ordinal = unchecked(_ordinal++), Desk = -1, Trace = -1 };
        return slot;
    }

    public void Release(int slot)
    {
        _cases[slot].Place = CasePlace.Free;
        _free[_freeCount++] = slot;
    }

    /// <summary>The slots in use.</summary>
    public IEnumerable<int> Open() => Enumerable.Range(0, _used).Where(s => _cases[s].Place != CasePlace.Free);
}
