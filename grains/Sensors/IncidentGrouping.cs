namespace CityTwin.Grains;

/// <summary>Which alerts make one incident: near each other, and not long after each other.</summary>
public static class IncidentGrouping
{
    /// <summary>Alerts farther apart than this are separate incidents, km; a city-wide sensor's are one wherever they are.</summary>
    public const double RadiusKm = 5;

    /// <summary>How long after its last alert cleared an incident still takes up a new one.</summary>
    public static readonly TimeSpan QuietFor = TimeSpan.FromHours(6);

    /// <summary>How long after its beginning an incident takes up new alerts: its case can be taken up again so long, which a case closed long ago cannot.</summary>
    public static readonly TimeSpan LastsAtMost = TimeSpan.FromDays(5);

    /// <summary>At most so many incidents of an area are open at the same time; past it alerts go to the nearest.</summary>
    public const int OpenMax = 64;

    private const double EarthRadiusKm = 6371;

    /// <summary>The open incident that an alert belongs to, or null for a new one. The nearest wins.</summary>
    public static Incident? Find(SensorState area, SensorProfile sensor, DateTimeOffset at)
    {
        Incident? best = null;
        double bestKm = double.PositiveInfinity;
        bool isFull = area.Incidents.Length >= OpenMax;
        foreach (Incident incident in area.Incidents)
        {
            if (!isFull && at - incident.OpenedAt > LastsAtMost)
            {
                continue;
            }
            double km = sensor.IsCityWide || sensor.Place is not { } here || incident.Centre is not { } there ? 0 : DistanceKm(here, there);
            if (km < bestKm)
            {
                best = incident;
                bestKm = km;
            }
        }
        return bestKm <= RadiusKm || isFull ? best : null;
    }

    /// <summary>Great-circle distance, km, by the haversine formula.</summary>
    public static double DistanceKm(GeoPoint a, GeoPoint b)
    {
        double dLat = Radians(b.Latitude - a.Latitude) / 2;
        double dLon = Radians(b.Longitude - a.Longitude) / 2;
        double h = (Math.Sin(dLat) * Math.Sin(dLat))
            + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Sin(dLon) * Math.Sin(dLon));
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
