using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CityTwin.Silo.Queries;

/// <summary>Where a list goes on. All pages of a list are of one journal position and one moment: what happens meanwhile neither hides nor repeats anything.</summary>
/// <param name="Position">The journal position of the list.</param>
/// <param name="Now">The moment at which its first page was asked for.</param>
/// <param name="Key">The last row's values in the order; empty for groups.</param>
/// <param name="Number">The last row's number; of groups, how many were given.</param>
public sealed record QueryCursor(long Position, DateTimeOffset Now, IReadOnlyList<QueryValue> Key, long Number)
{
    private const int LengthMax = 8_192;

    /// <summary>A hash of what a cursor belongs to: all of a request but its page.</summary>
    public static uint ShapeOf(QueryRequest r)
    {
        string text = string.Join('\n', r.Type, r.Q, r.Text, r.Near, r.Within, r.OrderBy, r.Select, r.GroupBy, r.Aggregate);
        return BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Reads a cursor of a list.</summary>
    /// <param name="text">The cursor.</param>
    /// <param name="shape">The list's hash.</param>
    /// <param name="keyLength">How many values order the list.</param>
    /// <exception cref="QueryFormatException">It is none, or of another list.</exception>
    public static QueryCursor Parse(string text, uint shape, int keyLength)
    {
        try
        {
            if (text.Length > LengthMax)
            {
                throw new FormatException();
            }
            using var reader = new BinaryReader(new MemoryStream(Base64Url.DecodeFromChars(text)), Encoding.UTF8);
            if (reader.ReadUInt32() != shape)
            {
                throw new FormatException();
            }
            long position = reader.ReadInt64();
            var now = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            long number = reader.ReadInt64();
            var key = new QueryValue[reader.ReadByte()];
            for (int i = 0; i < key.Length; i++)
            {
                key[i] = Value(reader);
            }
            return position >= 0 && key.Length == keyLength ? new QueryCursor(position, now, key, number) : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException)
        {
            throw Foreign();
        }
    }

    /// <summary>The refusal of a cursor that is of no page of this list.</summary>
    internal static QueryFormatException Foreign() =>
        new(new QueryMistake("cursor", 0, "this is not the next of a page of this list: all but the limit must stay the same", []));

    /// <summary>The cursor as text.</summary>
    public string Format(uint shape)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(shape);
            writer.Write(Position);
            writer.Write(Now.UtcTicks);
            writer.Write(Number);
            writer.Write((byte)Key.Count);
            foreach (QueryValue value in Key)
            {
                writer.Write((byte)value.Type);
                writer.Write(value.Bits);
                writer.Write(value.AsText);
            }
        }
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static QueryValue Value(BinaryReader reader)
    {
        var type = (QueryType)reader.ReadByte();
        long bits = reader.ReadInt64();
        string text = reader.ReadString();
        if (text.Length > LengthMax)
        {
            throw new FormatException();
        }
        return type switch
        {
            QueryType.None => default,
            QueryType.Number => QueryValue.Of(BitConverter.Int64BitsToDouble(bits)),
            QueryType.Moment => QueryValue.OfMilliseconds(bits),
            QueryType.Flag => QueryValue.Of(bits != 0),
            QueryType.Word => QueryValue.OfWord(bits, text),
            QueryType.Id => QueryValue.Of(Grains.TwinId.FromValue(bits)),
            QueryType.Text => QueryValue.Of(text),
            _ => throw new FormatException(),
        };
    }
}
