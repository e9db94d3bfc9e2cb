using System.Numerics;
using System.Runtime.Intrinsics;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Duplicates;

/// <summary>A text's MinHash: the share of equal places in two of them estimates how many shingles the texts share.</summary>
/// <remarks>Broder, On the resemblance and containment of documents, 1997; one byte of each minimum is kept (b-bit MinHash).
/// Shingles are words and neighbouring words without diacritics, so a message typed bare is like itself.</remarks>
public readonly struct TextSignature : IEquatable<TextSignature>
{
    /// <summary>Places in a signature.</summary>
    public const int Length = 64;

    private const ulong Stride = 0x9E3779B97F4A7C15UL;
    private const ulong FirstMix = 0xD6E8FEB86659FD93UL;
    private const ulong SecondMix = 0x9FB21C651E98DF25UL;

    private static readonly Vector512<ulong> OneToEight = Vector512.Create(1UL, 2, 3, 4, 5, 6, 7, 8);

    private readonly Vector512<byte> places;

    private TextSignature(Vector512<byte> places) => this.places = places;

    /// <summary>The signature of a text; of a text without words, one that is like no other text's.</summary>
    public static TextSignature Of(ReadOnlySpan<char> text)
    {
        Span<ulong> least = stackalloc ulong[Length];
        least.Fill(ulong.MaxValue);
        TokenReader reader = new(text, stackalloc char[TokenReader.WordLengthMax]);
        ulong before = 0;
        while (reader.MoveNext())
        {
            if (CommonWords.Contains(reader.PlainHash))
            {
                continue;
            }
            Take(reader.PlainHash, least);
            if (before != 0)
            {
                Take(TextHash.Pair(before, reader.PlainHash), least);
            }
            before = reader.PlainHash;
        }
        Span<byte> bytes = stackalloc byte[Length];
        for (int i = 0; i < Length; i++)
        {
            bytes[i] = (byte)(least[i] >> 56);
        }
        return new(Vector512.Create<byte>(bytes));
    }

    /// <summary>The signature whose bytes <see cref="CopyTo"/> gave.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than <see cref="Length"/> bytes.</exception>
    public static TextSignature Read(ReadOnlySpan<byte> bytes) => new(Vector512.Create(bytes));

    /// <summary>Writes the signature's <see cref="Length"/> bytes: all that is needed to keep it. The text cannot be read from them.</summary>
    public void CopyTo(Span<byte> bytes) => places.CopyTo(bytes);

    /// <summary>The estimated share of shingles that both texts have, 0 to 1; standard error at most 0.07.</summary>
    public float Similarity(in TextSignature other)
    {
        int equal = BitOperations.PopCount(Vector512.Equals(places, other.places).ExtractMostSignificantBits());
        // One byte agrees by chance once in 256.
        return Math.Max(0, ((equal / (float)Length) - (1f / 256)) / (1 - (1f / 256)));
    }

    /// <inheritdoc/>
    public bool Equals(TextSignature other) => places == other.places;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TextSignature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => places.GetHashCode();

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(TextSignature left, TextSignature right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(TextSignature left, TextSignature right) => !left.Equals(right);

    // Sixty-four hashes of the shingle, each held against the least so far at its place; eight at a time where the processor can.
    private static void Take(ulong shingle, Span<ulong> least)
    {
        ulong step = unchecked((shingle | 1) * Stride);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<ulong> values = Vector512.Create(shingle) + (Vector512.Create(step) * OneToEight);
            for (int i = 0; i < Length; i += Vector512<ulong>.Count)
            {
                Vector512<ulong> mixed = (values ^ (values >>> 32)) * Vector512.Create(FirstMix);
                mixed = (mixed ^ (mixed >>> 29)) * Vector512.Create(SecondMix);
                Span<ulong> some = least[i..];
                Vector512.Min(Vector512.Create<ulong>(some), mixed).CopyTo(some);
                values += Vector512.Create(unchecked(step * 8));
            }
            return;
        }
        ulong value = shingle;
        for (int i = 0; i < least.Length; i++)
        {
            unchecked
            {
                value += step;
                ulong mixed = (value ^ (value >> 32)) * FirstMix;
                mixed ^= mixed >> 29;
                least[i] = Math.Min(least[i], mixed * SecondMix);
            }
        }
    }
}
