using System.Buffers;
using CityTwin.Grains;
using CityTwin.Ml.Duplicates;

namespace CityTwin.ClientApi.Feedback;

/// <summary>How <see cref="ReportView"/> is saved with a checkpoint. Another format, or a damaged form, is not taken up: the view is then made from events.</summary>
internal static class ReportViewForm
{
    private const long Format = 0x5245504F_00000001;

    /// <summary>What is saved.</summary>
    /// <param name="Position">The journal position of the last event.</param>
    /// <param name="At">The moment of the last event, UTC.</param>
    /// <param name="Reports">Reports that may be told again.</param>
    /// <param name="Waiting">Numbers of the cases that wait for a category.</param>
    /// <param name="Latest">Numbers of the last reports, oldest first.</param>
    /// <param name="Follows">Which case a report joined, by its command, oldest first.</param>
    internal sealed record Content(
        long Position, DateTimeOffset At, IReadOnlyList<Report> Reports, long[] Waiting, long[] Latest, (CommandId Command, long Case)[] Follows);

    /// <summary>Writes it.</summary>
    public static void Write(IBufferWriter<byte> output, Content content)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        Span<byte> signature = stackalloc byte[TextSignature.Length];
        writer.Write(Format);
        writer.Write(content.Position);
        writer.Write(content.At.UtcTicks);
        writer.Write(content.Reports.Count);
        foreach (Report report in content.Reports)
        {
            writer.Write(report.Case);
            writer.Write(report.Category);
            writer.Write(report.At.UtcTicks);
            writer.Write(report.Latitude);
            writer.Write(report.Longitude);
            report.Signature.CopyTo(signature);
            writer.Write(signature);
        }
        Numbers(writer, content.Waiting);
        Numbers(writer, content.Latest);
        writer.Write(content.Follows.Length);
        foreach ((CommandId command, long number) in content.Follows)
        {
            writer.Write((ulong)(command.Value >> 64));
            writer.Write(unchecked((ulong)command.Value));
            writer.Write(number);
        }
        writer.Flush();
        output.Write(buffer.GetBuffer().AsSpan(0, checked((int)buffer.Length)));
    }

    /// <summary>Reads it; null when it is of another format or damaged.</summary>
    public static Content? Read(ReadOnlySpan<byte> saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved.ToArray()));
        try
        {
            if (reader.ReadInt64() != Format)
            {
                return null;
            }
            long position = reader.ReadInt64();
            var at = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            var reports = new List<Report>();
            for (int n = reader.ReadInt32(); n > 0; n--)
            {
                reports.Add(new Report(
                    reader.ReadString(), reader.ReadString(), new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadDouble(), reader.ReadDouble(),
                    TextSignature.Read(reader.ReadBytes(TextSignature.Length))));
            }
            long[] waiting = Numbers(reader);
            long[] latest = Numbers(reader);
            var follows = new (CommandId, long)[reader.ReadInt32()];
            for (int i = 0; i < follows.Length; i++)
            {
                follows[i] = (new CommandId(new UInt128(reader.ReadUInt64(), reader.ReadUInt64())), reader.ReadInt64());
            }
            return new Content(position, at, reports, waiting, latest, follows);
        }
        catch (Exception e) when (e is IOException or ArgumentException or OverflowException or OutOfMemoryException)
        {
            return null;
        }
    }

    private static void Numbers(BinaryWriter writer, long[] numbers)
    {
        writer.Write(numbers.Length);
        Array.ForEach(numbers, writer.Write);
    }

    private static long[] Numbers(BinaryReader reader)
    {
        long[] numbers = new long[reader.ReadInt32()];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadInt64();
        }
        return numbers;
    }
}
