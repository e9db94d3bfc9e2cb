using System.Collections.Immutable;
using System.Globalization;

namespace CityTwin.Simulation.Scenarios;

/// <summary>A mistake in a scenario.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">What kind of mistake: what translations go by.</param>
/// <param name="Values">What the words of the kind are filled with, in the order of <see cref="MistakeCode"/>.</param>
public sealed record ScenarioMistake(int Line, int Column, MistakeCode Code, ImmutableArray<string> Values)
{
    /// <summary>The valid name that was probably meant; null: none is near.</summary>
    public string? Nearest { get; init; }

    /// <summary>What is wrong, what was expected, and the nearest valid name, in English.</summary>
    public string What => string.Format(CultureInfo.InvariantCulture, Words(Code), [.. Values]) + (Nearest is null ? "" : $" (did you mean '{Nearest}'?)");

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}: {What}";

    private static string Words(MistakeCode code) => code switch
    {
        MistakeCode.TooLong => "longer than {0} characters",
        MistakeCode.TooDeep => "nested deeper than {0}",
        MistakeCode.NotYaml => "not YAML: {0}",
        MistakeCode.Empty => "empty: expected name, base and changes",
        MistakeCode.NoMapping => "expected a mapping with {0}",
        MistakeCode.UnknownKey => "unknown key '{0}'; expected one of {1}",
        MistakeCode.MissingKey => "'{0}' is missing",
        MistakeCode.NoText => "expected a text",
        MistakeCode.UnsetName => "'{0}' is not set: name it under sweep",
        MistakeCode.NoNumber => "expected a number from {0} to {1}, found '{2}'",
        MistakeCode.OutOfRange => "expected a number from {0} to {1}, found {2}",
        MistakeCode.NotWhole => "expected a whole number from {0} to {1}, found {2}",
        MistakeCode.NoDate => "expected a date as 2027-01-25, found '{0}'",
        MistakeCode.UnknownWord => "expected one of {0}, found '{1}'",
        MistakeCode.NoName => "expected a name",
        MistakeCode.UnusedName => "a value is given for '${0}', which stands nowhere",
        MistakeCode.WarmUpTooLong => "warm_up_days ({0}) must be less than days ({1})",
        MistakeCode.NoChanges => "expected a list of changes, each beginning with '-'",
        MistakeCode.PeriodEndsEarly => "the period ends ({0}) before it begins ({1})",
        MistakeCode.NotOneLever => "expected exactly one of {0} in a change, found {1}",
        MistakeCode.NotOneOf => "expected exactly one of {0}",
        MistakeCode.NoSweepNames => "expected names with their values, as officers: 1..6",
        MistakeCode.NoSweepValues => "expected values as 1..6, 0.1..0.5 step 0.1, or a list of at most {0} numbers; found '{1}'",
        MistakeCode.NoHours => "expected hours as 07:30-11:30, found '{0}'",
        MistakeCode.NoDays => "expected days as mon-fri, or sat, found '{0}'",
        MistakeCode.NoDayOfWork => "expected 1 to 8 stretches as 07:30-11:30, one after another",
        MistakeCode.UnknownOffice => "no office '{0}' in {1}",
        MistakeCode.UnknownService => "no service or field '{0}' in {1}",
        MistakeCode.UnknownSkill => "no skill '{0}' in {1}",
        MistakeCode.TooManyCombinations => "{0} combinations of {1}; at most {2}",
        MistakeCode.UnknownCity => "base.city '{0}': expected live, {1}",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "a kind of mistake without words"),
    };
}
