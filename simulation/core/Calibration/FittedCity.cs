using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityTwin.Simulation.Calibration;

/// <summary>A city fitted to an event log: a base of scenarios whose offices, officers and times can be changed.</summary>
/// <remarks>Made by <see cref="CityOfLog"/>, kept as a JSON file, simulated by way of <see cref="FittedModel"/>. What is assumed: docs/simulation/calibration.md.</remarks>
public sealed record FittedCity
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The name in reports.</summary>
    public required string Name { get; init; }

    /// <summary>Hours east of UTC, −14 to 14.</summary>
    public required double ZoneHours { get; init; }

    /// <summary>When offices open, local.</summary>
    public required TimeOnly Opens { get; init; }

    /// <summary>When they close, later than <see cref="Opens"/>.</summary>
    public required TimeOnly Closes { get; init; }

    /// <summary>The weekdays on which they are open, Monday's first; seven.</summary>
    public required ImmutableArray<bool> OpenDays { get; init; }

    /// <summary>Weights of the 168 hours of a week in which cases come, Monday's first.</summary>
    public required ImmutableArray<double> HourOfWeek { get; init; }

    /// <summary>The offices, the largest first.</summary>
    public required ImmutableArray<FittedOffice> Offices { get; init; }

    /// <summary>The file's text.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a file that <see cref="Write"/> made.</summary>
    /// <exception cref="FormatException">It is none, or its numbers cannot be; the message has the place.</exception>
    public static FittedCity Read(string text)
    {
        try
        {
            FittedCity city = JsonSerializer.Deserialize<FittedCity>(text, Json) ?? throw new FormatException("null is no fitted city");
            bool isWhole = !city.OpenDays.IsDefault && city.OpenDays.Length == 7 && city.OpenDays.Contains(true) && !city.HourOfWeek.IsDefault
                && city.HourOfWeek.Length == 168 && city.HourOfWeek.All(w => w >= 0) && city.HourOfWeek.Sum() > 0 && !city.Offices.IsDefaultOrEmpty
                && city.Opens < city.Closes && Math.Abs(city.ZoneHours) <= 14;
            if (!isWhole)
            {
                throw new FormatException("expected seven openDays, 168 weights in hourOfWeek, opens before closes, and an office or more");
            }
            foreach (FittedOffice office in city.Offices)
            {
                _ = office.Handling.Duration;
                _ = office.Process.Duration;
                if (office.Staff is < 1 or > 10_000 || !(office.CasesPerWeek >= 0) || !(office.LimitDays is > 0 and <= 3_650))
                {
                    throw new FormatException($"{office.Name}: expected staff of 1 to 10000, casesPerWeek of 0 or more, limitDays above 0 to 3650");
                }
            }
            return city;
        }
        catch (JsonException e)
        {
            throw new FormatException($"{e.LineNumber + 1}:{e.BytePositionInLine + 1}: {e.Path}: not as calibrate --save writes it", e);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}

/// <summary>An office of a fitted city. Days are working days.</summary>
/// <param name="Name">Its name in the log.</param>
/// <param name="CasesPerWeek">Mean cases a week.</param>
/// <param name="Staff">Officers at its desk.</param>
/// <param name="Handling">Active minutes of officers on a case.</param>
/// <param name="IsHandlingSeen">False: the log has no beginnings, and the handling follows from an assumed share of the officers' time.</param>
/// <param name="Process">Working days in which nobody handles it.</param>
/// <param name="LimitDays">The limit.</param>
/// <param name="Days">Mean working days from first to last event, as it was.</param>
/// <param name="DaysSimulated">As simulated.</param>
/// <param name="OnTime">The share on time as it was; null without deadlines.</param>
/// <param name="OnTimeSimulated">As simulated.</param>
public sealed record FittedOffice(
    string Name, double CasesPerWeek, int Staff, FittedDuration Handling, bool IsHandlingSeen, FittedDuration Process, double LimitDays, double Days,
    double DaysSimulated, double? OnTime, double OnTimeSimulated);

/// <summary>A duration as it is written.</summary>
/// <param name="Kind">constant, exponential, lognormal, gamma or weibull.</param>
/// <param name="First">As <see cref="Simulation.Duration.First"/>.</param>
/// <param name="Second">As <see cref="Simulation.Duration.Second"/>.</param>
public sealed record FittedDuration(DurationKind Kind, double First, double Second)
{
    /// <summary>The duration.</summary>
    /// <exception cref="ArgumentException">Numbers that cannot be, or an empirical one.</exception>
    [JsonIgnore]
    public Duration Duration => Kind switch
    {
        DurationKind.Constant => Duration.Constant(First),
        DurationKind.Exponential => Duration.Exponential(First),
        DurationKind.Lognormal => Duration.Lognormal(First, Second),
        DurationKind.Gamma => Duration.Gamma(First, Second),
        DurationKind.Weibull => Duration.Weibull(First, Second),
        _ => throw new ArgumentException($"{Kind} is not written in files"),
    };

    /// <summary>Of a duration.</summary>
    public static FittedDuration Of(Duration duration) => new(duration.Kind, duration.First, duration.Second);
}
