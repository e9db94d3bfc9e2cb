using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Wire;

/// <summary>The <c>Idempotency-Key</c> of a request: repeating the request under its key gives the first answer and changes nothing.</summary>
internal static class CommandKey
{
    private const string Header = "Idempotency-Key";
    private const int LengthMax = 200;

    /// <summary>The key, or null without one.</summary>
    /// <exception cref="ProblemException">It is empty, too long, not printable, or there are two.</exception>
    public static string? Read(HttpContext http)
    {
        Microsoft.Extensions.Primitives.StringValues values = http.Request.Headers[Header];
        if (values.Count == 0)
        {
            return null;
        }
        string? key = values.Count == 1 ? values[0] : null;
        bool isValid = !string.IsNullOrEmpty(key) && key.Length <= LengthMax && !key.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return isValid ? key : throw new ProblemException(Problem.InvalidRequest(Header, $"expected one key of 1 to {LengthMax} printable ASCII characters"));
    }

    /// <summary>The id of the command that a key stands for at a twin; none without a key, for a command that nobody will repeat.</summary>
    public static CommandId IdFor(string? key, TwinId target)
    {
        if (key is null)
        {
            return default;
        }
        Span<byte> bytes = stackalloc byte[LengthMax + sizeof(long)];
        int length = Encoding.ASCII.GetBytes(key, bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[length..], target.Value);
        return Hash(bytes[..(length + sizeof(long))]);
    }

    /// <summary>The id of the filing that a key stands for: the first 128 bits of the key's SHA-256.</summary>
    public static CommandId IdForFiling(string key)
    {
        Span<byte> bytes = stackalloc byte[LengthMax];
        return Hash(bytes[..Encoding.ASCII.GetBytes(key, bytes)]);
    }

    /// <summary>The identity of the case that is filed under a command id: its low 58 bits, above all time-ordered ones.</summary>
    public static TwinId CaseFor(CommandId id) => TwinId.Case(unchecked((long)(ulong)id.Value) & (TwinId.TimeOrderedEnd - 1) | TwinId.TimeOrderedEnd);

    private static CommandId Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new CommandId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
