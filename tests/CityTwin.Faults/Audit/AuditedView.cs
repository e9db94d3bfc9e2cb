using System.Buffers;
using System.Buffers.Binary;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Faults.Audit;

/// <summary>A view that is a hash of all it was fed, in order: equal to one rebuilt from zero only if nothing was left out, doubled or swapped.</summary>
internal sealed class AuditedView(Verdict verdict, Func<int> durable, Action<long> applying, bool loads) : IView
{
    public string Name => "audited";

    public long Events { get; private set; }

    public ulong Hash { get; private set; }

    public void Apply(in RecordedEvent recorded)
    {
        applying(recorded.Position);
        verdict.Check(recorded.Position == Events + 1, $"a view at position {Events} was fed {recorded.Position}");
        verdict.Check(recorded.Position <= durable(), $"a view was fed position {recorded.Position}, which is not durable");
        Take(recorded);
    }

    public void Take(in RecordedEvent recorded)
    {
        Events++;
        unchecked
        {
            ulong mixed = Hash ^ (ulong)recorded.Twin.Value ^ ((ulong)recorded.At.UtcTicks << 7) ^ ((ulong)recorded.Version << 48);
            foreach (char c in recorded.Event.GetType().Name)
            {
                mixed = (mixed ^ c) * 0x100000001B3UL;
            }
            Hash = mixed;
        }
    }

    public void Flush(long position, DateTimeOffset at) => verdict.Check(position == Events, $"a view at position {Events} was flushed at {position}");

    public void Save(IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(16), Events);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(16)[8..], Hash);
        output.Advance(16);
    }

    public bool Load(ReadOnlySpan<byte> saved)
    {
        if (!loads)
        {
            return false;
        }
        Events = BinaryPrimitives.ReadInt64LittleEndian(saved);
        Hash = BinaryPrimitives.ReadUInt64LittleEndian(saved[8..]);
        return true;
    }
}
