namespace CityTwin.Simulation.Scenarios;

/// <summary>Kinds of mistakes in scenarios. The names are part of the contract: pages and programs translate by them. In brackets: the values that come along.</summary>
public enum MistakeCode
{
    /// <summary>The text is too long (the most characters).</summary>
    TooLong,

    /// <summary>Members lie in members too deep (the most levels).</summary>
    TooDeep,

    /// <summary>It cannot be read as YAML (what the reader says, in English).</summary>
    NotYaml,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>Members were expected (their keys).</summary>
    NoMapping,

    /// <summary>A key that is none (it; the valid ones).</summary>
    UnknownKey,

    /// <summary>A key that is needed is missing (it).</summary>
    MissingKey,

    /// <summary>A text was expected.</summary>
    NoText,

    /// <summary>A <c>$name</c> that sweep does not have (it).</summary>
    UnsetName,

    /// <summary>No number (the least; the most; what was found).</summary>
    NoNumber,

    /// <summary>A number outside its range (the least; the most; what was found).</summary>
    OutOfRange,

    /// <summary>A number that is not whole (the least; the most; what was found).</summary>
    NotWhole,

    /// <summary>No date (what was found).</summary>
    NoDate,

    /// <summary>None of the words of a choice (the words; what was found).</summary>
    UnknownWord,

    /// <summary>A name was expected.</summary>
    NoName,

    /// <summary>A value is given for a <c>$name</c> that stands nowhere (the name without its $).</summary>
    UnusedName,

    /// <summary>Days of warm-up that leave none to count (they; all days).</summary>
    WarmUpTooLong,

    /// <summary>Changes that are no list.</summary>
    NoChanges,

    /// <summary>A period's end lies before its beginning (the end; the beginning).</summary>
    PeriodEndsEarly,

    /// <summary>A change without a lever, or with several (the levers; how many were found).</summary>
    NotOneLever,

    /// <summary>None, or several, of keys of which exactly one is given (the keys).</summary>
    NotOneOf,

    /// <summary>A sweep without names.</summary>
    NoSweepNames,

    /// <summary>Values of a sweep that cannot be read (how many there may be; what was found).</summary>
    NoSweepValues,

    /// <summary>No stretch of hours (what was found).</summary>
    NoHours,

    /// <summary>No days of the week (what was found).</summary>
    NoDays,

    /// <summary>Stretches of hours that make no day.</summary>
    NoDayOfWork,

    /// <summary>An office that the city has not (its name; the city).</summary>
    UnknownOffice,

    /// <summary>A service or field that the city has not (its name; the city).</summary>
    UnknownService,

    /// <summary>A skill that no desk of the city has (its name; the city).</summary>
    UnknownSkill,

    /// <summary>Too many variants (how many; the names that are swept; the most).</summary>
    TooManyCombinations,

    /// <summary>A base that is no city here (its name; the cities).</summary>
    UnknownCity,
}
