using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

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

/// <summary>One case: what an event reads and writes lies together, in one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = CaseTable.CaseBytes)]
internal struct SimulatedCase
{
    /// <summary>The key of all its luck; of a traced case its place in the trace.</summary>
    public ulong Key;

    /// <summary>The city's working ticks when it was filed, and those since for which the citizen was waited for.</summary>
    public long NotCounted;

    /// <summary>The deadline; while the citizen is waited for, the working ticks that are left of it.</summary>
    public long DueAt;

    public long WorkLeft;
    public long JoinedAt;
    public uint Ordinal;
    public int Origin;
    public int Desk;
    public ushort Service;
    public CasePlace Place;
    public byte Urgency;
    public byte StepsDone;
    public byte Visits;
    public bool IsAsked;
    public bool IsEscalated;
    public bool IsReturned;
    public bool IsReopened;
    public bool IsTraced;
}

/// <summary>The open cases of a run: slots that are reused, so that memory follows the backlog and not the simulated time.</summary>
internal sealed class CaseTable
{
    /// <summary>The size of a case: a cache line, at whose beginning each case lies.</summary>
    public const int CaseBytes = 64;

    // Pinned, so that what is aligned once stays so.
    private byte[] _bytes = [];
    private nint _from;
    private int _room;
    private int[] _free = new int[1024];
    private int _freeCount;
    private int _used;
    private uint _ordinal;

    /// <summary>Slots ever used at once.</summary>
    public int PeakCount => _used;

    public CaseTable() => Grow(1024);

    public ref SimulatedCase this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)slot < (uint)_room, "no such slot");
            return ref Unsafe.As<byte, SimulatedCase>(
                ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_bytes), _from + ((nint)slot * CaseBytes)));
        }
    }

    /// <summary>Asks for a case's cache line before it is needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int slot)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref this[slot]));
        }
    }

    public int Take()
    {
        int slot;
        if (_freeCount > 0)
        {
            slot = _free[--_freeCount];
        }
        else
        {
            if (_used == _room)
            {
                Grow(_used * 2);
            }
            slot = _used++;
        }
        this[slot] = new SimulatedCase { Ordinal = unchecked(_ordinal++), Desk = -1 };
        return slot;
    }

    public void Release(int slot)
    {
        this[slot].Place = CasePlace.Free;
        _free[_freeCount++] = slot;
    }

    /// <summary>The slots in use.</summary>
    public IEnumerable<int> Open() => Enumerable.Range(0, _used).Where(s => this[s].Place != CasePlace.Free);

    private void Grow(int room)
    {
        byte[] bytes = GC.AllocateArray<byte>((room + 1) * CaseBytes, pinned: true);
        nint from = (CaseBytes - (Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0) % CaseBytes)) % CaseBytes;
        _bytes.AsSpan((int)_from, _used * CaseBytes).CopyTo(bytes.AsSpan((int)from));
        (_bytes, _from, _room) = (bytes, from, room);
        Array.Resize(ref _free, room);
    }
}
