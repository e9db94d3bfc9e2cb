using System.Runtime.CompilerServices;
using System.Text;

namespace CityTwin.Faults.Audit;

/// <summary>The first promise that was broken. It is kept rather than thrown: the runtime would take an exception for trouble of its own.</summary>
internal sealed class Verdict(Action<string> trace)
{
    /// <summary>What was broken; null while all is well.</summary>
    public string? Failure { get; private set; }

    public bool IsGood => Failure is null;

    public void Fail(string what)
    {
        if (Failure is null)
        {
            Failure = what;
            trace($"BROKEN: {what}");
        }
    }

    public void Check(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref WhenBroken otherwise)
    {
        if (!holds)
        {
            Fail(otherwise.ToString());
        }
    }
}

/// <summary>A text that is only made when a check fails: thousands succeed.</summary>
[InterpolatedStringHandler]
internal readonly ref struct WhenBroken
{
    private readonly StringBuilder? _text;

    public WhenBroken(int literalLength, int formattedCount, bool holds, out bool isWanted)
    {
        isWanted = !holds;
        _text = holds ? null : new StringBuilder(literalLength + (formattedCount * 16));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => _text!.Append(value.ToString(format, System.Globalization.CultureInfo.InvariantCulture));

    public override string ToString() => _text?.ToString() ?? "";
}
