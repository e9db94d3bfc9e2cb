using System.Buffers;
using System.Buffers.Binary;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A view that counts events and insists on their order.</summary>
public sealed class CountingView : IView
{
    public string Name => "counting";

    public long Events { get; private set; }

    public void Apply(in RecordedEvent recorded)
    {
        Assert.Equal(Events + 1, recorded.Position);
        Events++;
    }

    public void Flush(long position, DateTimeOffset at) => Assert.Equal(Events, position);

    public void Save(IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), Events);
        output.Advance(8);
    }

    public bool Load(ReadOnlySpan<byte> saved)
    {
        Events = BinaryPrimitives.ReadInt64LittleEndian(saved);
        return true;
    }
}
