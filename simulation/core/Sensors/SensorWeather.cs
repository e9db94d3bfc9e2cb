using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Sensors;

/// <summary>What sensors measure while a storm passes and the river rises: a function of sensor and moment, so that any reading can be made again.</summary>
/// <remarks>Plausible, not measured: daily rhythms of traffic and noise, rain before the wave, clean air in the rain, lamps and links that fail. Thread-safe.</remarks>
/// <param name="gauge">Where the flood wave is told for.</param>
/// <param name="start">When it begins there.</param>
/// <param name="seed">The seed.</param>
public sealed class SensorWeather(OfficeProfile gauge, DateTimeOffset start, ulong seed)
{
    private const double LocalHours = 7;

    private const double StormPeakHour = 12;

    private const double StormHours = 7;

    private const double RainPeakMmPerHour = 14;

    private readonly Draws _draws = new(seed);

    /// <summary>The value of the kind's primary measure, rounded as an instrument does.</summary>
    /// <param name="sensor">Who measures.</param>
    /// <param name="at">When.</param>
    /// <param name="every">The time since its reading before: rain adds up over it.</param>
    public double ValueAt(DrivenSensor sensor, DateTimeOffset at, TimeSpan every)
    {
        double hour = (at - start).TotalHours;
        double noise = _draws.Unit(sensor.Number, Purpose.SensorNoise, (int)((at.ToUnixTimeSeconds() / 60) & 0x7FFFFFFF)) - 0.5;
        double place = _draws.Unit(sensor.Number, Purpose.SensorPlace, 3);
        double storm = Math.Exp(-Math.Pow((hour - StormPeakHour - (place * 2)) / StormHours, 2));
        double day = at.ToUniversalTime().TimeOfDay.TotalHours + LocalHours;
        return sensor.Profile.Kind switch
        {
            SensorKind.Water => Math.Round(FloodWave.LevelAt(hour, BelowKm(sensor)), 3),
            SensorKind.Rain => Math.Round(storm * RainPeakMmPerHour * (0.6 + (0.8 * place)) * every.TotalHours * (1 + noise), 1),
            SensorKind.Air => Math.Round(Math.Max(2, (18 + (14 * Rush(day)) + (10 * place)) * (1 - (0.7 * storm)) * (1 + (0.2 * noise))), 1),
            SensorKind.Noise => Math.Round(50 + (14 * Rush(day)) + (6 * place) + (4 * storm) + (4 * noise), 1),
            SensorKind.Traffic => Math.Round(Math.Clamp((15 + (50 * Rush(day)) + (15 * storm)) * (0.7 + (0.6 * place)) * (1 + (0.2 * noise)), 0, 100), 1),
            SensorKind.Light => IsFaulty(sensor, hour, 0.02) ? 1 : 0,
            SensorKind.Link => IsFaulty(sensor, hour, 0.03) ? 100 : Math.Round(Math.Max(0, (2 * storm) + noise), 1),
            _ => Math.Round(2 + (6 * place) + (4 * noise) + (IsFaulty(sensor, hour, 0.2) ? 30 : 0)),
        };
    }

    /// <summary>How far below the gauge, km: along the line to the sea, which lies to the north-east of Huế.</summary>
    private double BelowKm(DrivenSensor sensor)
    {
        if (sensor.Profile.Commune == gauge.Id)
        {
            return 0;
        }
        GeoPoint place = sensor.Profile.Place!.Value;
        GeoPoint zero = new(gauge.Latitude, gauge.Longitude);
        double km = IncidentGrouping.DistanceKm(zero, place);
        return (place.Latitude - zero.Latitude) + (place.Longitude - zero.Longitude) >= 0 ? km : -km;
    }

    /// <summary>Two rush hours a day, 0 to 1.</summary>
    private static double Rush(double hourOfDay)
    {
        double hour = hourOfDay % 24;
        return Math.Max(Math.Exp(-Math.Pow((hour - 7.5) / 1.5, 2)), Math.Exp(-Math.Pow((hour - 17.5) / 1.8, 2)));
    }

    /// <summary>A share of the sensors fails once, for one to nine hours.</summary>
    private bool IsFaulty(DrivenSensor sensor, double hour, double share)
    {
        double from = _draws.Unit(sensor.Number, Purpose.SensorFault, 1) * FloodWave.Passes.TotalHours;
        double lasts = 1 + (8 * _draws.Unit(sensor.Number, Purpose.SensorFault, 2));
        return _draws.Chance(share, sensor.Number, Purpose.SensorFault) && hour >= from && hour < from + lasts;
    }
}
