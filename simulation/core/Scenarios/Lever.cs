using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Scenarios;

/// <summary>One kind of change to a city. The YAML key of each is its name in lower case with underscores.</summary>
public abstract record Lever
{
    private Lever()
    {
    }

    /// <summary>Officers per desk, by one of: so many more or fewer, exactly so many, or a factor.</summary>
    public sealed record Officers(Selection Of, int? Add, int? Set, double? Factor) : Lever;

    /// <summary>The desks of several offices work as one.</summary>
    public sealed record Pool(Selection Of) : Lever;

    /// <summary>Communes become part of another one; their desks, officers and residents go with them.</summary>
    public sealed record Merge(Selection Of, Named Into) : Lever;

    /// <summary>Services are decided at the other level.</summary>
    /// <param name="Of">Which services.</param>
    /// <param name="To">The level.</param>
    /// <param name="As">The skill that a desk needs there; null: as before. Where no desk has it, an office's first desk takes the cases.</param>
    public sealed record MoveService(Selection Of, Level To, Named? As) : Lever;

    /// <summary>Procedures get simpler: fewer working days, fewer steps, less handling.</summary>
    /// <param name="Of">Which services.</param>
    /// <param name="Days">Working days taken off the limit and, in proportion, off the process; 0 or more.</param>
    /// <param name="Share">The share of the limit taken off in place of days, 0 to 0.95.</param>
    /// <param name="Steps">Steps left; null: as they are.</param>
    /// <param name="Handling">Multiplies the handling; 1: as it is.</param>
    public sealed record Simplify(Selection Of, double Days, double Share, int? Steps, double Handling) : Lever
    {
        /// <summary>The limit that is left of a limit in working days: never below half a day.</summary>
        public double LimitOf(double limit) => Math.Max(Math.Min(limit, 0.5), (limit * (1 - Share)) - Days);
    }

    /// <summary>The share filed online.</summary>
    public sealed record Online(Selection Of, double Share) : Lever;

    /// <summary>Machines do a share of the handling.</summary>
    public sealed record Automate(Selection Of, double Saves) : Lever;

    /// <summary>Other deadlines, the work unchanged.</summary>
    public sealed record Deadline(Selection Of, double Days) : Lever;

    /// <summary>More or fewer cases.</summary>
    public sealed record Demand(Selection Of, double Factor) : Lever;

    /// <summary>Cases grow by so much a year, month by month.</summary>
    public sealed record Trend(Selection Of, double Yearly) : Lever;

    /// <summary>Officers absent on any one day.</summary>
    public sealed record Absence(Selection Of, double Share) : Lever;

    /// <summary>Offices shut.</summary>
    public sealed record Closed(Selection Of) : Lever;

    /// <summary>Another order of taking.</summary>
    public sealed record Order(Selection Of, Discipline Discipline) : Lever;

    /// <summary>Results of longer procedures are signed together, so many at a time or after so many working days; a size of 1: each at once.</summary>
    public sealed record Batch(int Size, double Days) : Lever;

    /// <summary>Officers of the chosen offices learn skills: where one of their office's desks has them, they serve it too.</summary>
    /// <param name="Of">Offices, and the skills that are learnt.</param>
    /// <param name="Count">How many officers of each other desk learn; null: all.</param>
    /// <param name="First">True: they serve it before their own desks; false: after them.</param>
    public sealed record Train(Selection Of, int? Count, bool First) : Lever;

    /// <summary>Other hours than the office's for officers of the chosen desks.</summary>
    /// <param name="Of">Offices and skills.</param>
    /// <param name="Hours">The hours of each weekday; days off are off all the same.</param>
    /// <param name="Count">How many officers of each desk; null: all.</param>
    public sealed record Shift(Selection Of, OfficeWeek Hours, int? Count) : Lever;

    /// <summary>Officers of the chosen desks are slower or faster than others.</summary>
    /// <param name="Of">Offices and skills.</param>
    /// <param name="Factor">Multiplies the time that they need for a case, 0.1 to 10.</param>
    /// <param name="Count">How many officers of each desk; null: all.</param>
    public sealed record Pace(Selection Of, double Factor, int? Count) : Lever;

    /// <summary>How urgent cases of services are: the urgent ones are taken first, and those who wait are put in order anew.</summary>
    public sealed record Priority(Selection Of, Urgency Urgency) : Lever;

    /// <summary>How many cases an officer takes at once, to work on them one after another.</summary>
    public sealed record Hands(int Max) : Lever;

    /// <summary>What is done with unfinished cases at the end of a day.</summary>
    public sealed record Unfinished(EndOfShift Policy) : Lever;
}

/// <summary>What a lever applies to; an empty list means all.</summary>
/// <param name="Offices">Names, codes, or <c>communes</c>, <c>departments</c>, <c>all</c>.</param>
/// <param name="Services">Codes or fields.</param>
/// <param name="Skills">Skills of desks.</param>
public sealed record Selection(ImmutableArray<Named> Offices, ImmutableArray<Named> Services, ImmutableArray<Named> Skills)
{
    /// <summary>Everything.</summary>
    public static Selection All { get; } = new([], [], []);
}
