namespace CityTwin.Grains;

/// <summary>Crockford's base 32 for identity numbers: 12 characters, case-insensitive, without I, L, O and U.</summary>
/// <remarks>Source: Douglas Crockford, "Base 32", 2019. Fixed width, so that text sorts as the numbers do.</remarks>
public static class Base32
{
    /// <summary>The length of every text: 12 characters hold 60 bits.</summary>
    public const int Length = 12;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Writes a number, 0 to 2^60 - 1.</summary>
    public static string Format(long number) => string.Create(Length, number, static (text, value) =>
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(value & 31)];
            value >>= 5;
        }
    });

    /// <summary>Reads a text of exactly 12 digits; I and L read as 1, O as 0, as Crockford has it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length != Length)
        {
            return false;
        }
        foreach (char c in text)
        {
            int digit = DigitOf(c);
            if (digit < 0)
            {
                return false;
            }
            number = (number << 5) | (uint)digit;
        }
        return true;
    }

    private static int DigitOf(char c) => char.ToUpperInvariant(c) switch
    {
        'I' or 'L' => 1,
        'O' => 0,
        char upper => Digits.IndexOf(upper, StringComparison.Ordinal),
    };
}
