using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>How much citizens bring to a city in a period.</summary>
/// <param name="Dossiers">Dossiers in all.</param>
/// <param name="AtCommunes">Those of them whose service a commune decides.</param>
/// <param name="HotlineReports">Reports through the 1022 hotline.</param>
/// <param name="AppReports">Reports through the city's app.</param>
public readonly record struct DriveVolume(int Dossiers, int AtCommunes, int HotlineReports, int AppReports)
{
    private const double DossiersPerThousandAndDay = 1.48;
    private const double ReportsPerThousandAndDay = 0.035;
    private const double UsualCommuneShare = 0.805;

    /// <summary>All cases.</summary>
    public int Cases => Dossiers + HotlineReports + AppReports;

    /// <summary>The volume of a city over so many days, times a rate.</summary>
    /// <remarks>
    /// Hồ Chí Minh City: 115,000 dossiers, 71,000 of them at communes, and 4,200 hotline requests in the 14 days from 1 July 2025
    /// (baochinhphu.vn, 15/07/2025). Huế: 151,684 dossiers in the 283 days to 10/10/2026 (national portal figures). Any other city: Phú Thọ's
    /// 184,513 dossiers of August 2026 for its 4.02 million residents, 80.5 % at communes, which is also taken for Huế's share. Reports beside
    /// HCMC's hotline are an assumption: nothing was published for a comparable period.
    /// </remarks>
    /// <param name="city">The city.</param>
    /// <param name="days">1 to 366.</param>
    /// <param name="rate">Times as much as usual, 0.001 to 100.</param>
    public static DriveVolume Of(CityDefinition city, int days, double rate)
    {
        if (city.Slug == "hcmc")
        {
            double fortnights = days / 14.0 * rate;
            return Of(115_000 * fortnights, 71_000.0 / 115_000, 4_200 * fortnights, 2_100 * fortnights);
        }
        double dossiers = city.Slug == "hue"
            ? 151_684 / 283.0 * days * rate
            : city.Population / 1000.0 * DossiersPerThousandAndDay * days * rate;
        double reports = city.Population / 1000.0 * ReportsPerThousandAndDay * days * rate;
        return Of(dossiers, UsualCommuneShare, reports * 0.4, reports * 0.6);
    }

    private static DriveVolume Of(double dossiers, double communeShare, double hotline, double app)
    {
        int all = (int)Math.Round(dossiers);
        return new(all, (int)Math.Round(all * communeShare), (int)Math.Round(hotline), (int)Math.Round(app));
    }
}
