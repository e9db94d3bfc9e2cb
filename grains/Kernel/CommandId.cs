using System.Globalization;

namespace CityTwin.Grains;

/// <summary>The identity of one command: repeating a command under the same id gives the first answer and changes nothing.</summary>
/// <remarks>128 bits; written as a UUID. Derived ids (of batches, messages) come from <see cref="Derive"/>.</remarks>
public readonly record struct CommandId(UInt128 Value)
{
    /// <summary>True for the default value: a command that nobody will repeat, as a deadline.</summary>
    public bool IsNone => Value == UInt128.Zero;

    /// <summary>An id for the n-th command that follows from this one; the same inputs give the same id.</summary>
    public CommandId Derive(ulong n)
    {
        unchecked
        {
            ulong low = Mix((ulong)Value + (n * 0x9E3779B97F4A7C15UL) + 1);
            ulong high = Mix((ulong)(Value >> 64) ^ low);
            return new CommandId(new UInt128(high, low | 1));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    // Finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
