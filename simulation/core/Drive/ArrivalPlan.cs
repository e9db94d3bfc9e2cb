using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>Who comes with what and when, in one period. The same seed, city and period give the same plan.</summary>
/// <remarks>
/// Communes are drawn by population^0.92 (the exponent of Phú Thọ's August 2026), services by their share within the level, so that the
/// numbers by level are exact. Not thread-safe.
/// </remarks>
public sealed class ArrivalPlan
{
    /// <summary>Volume grows with population to this power: national portal figures of Phú Thọ's communes, August 2026.</summary>
    public const double PopulationExponent = 0.92;

    /// <summary>Pseudonymous citizens of one commune who come at all.</summary>
    public const int CitizensPerCommune = 3_000;

    private readonly CitySheet _sheet;
    private readonly Draws _draws;
    private readonly Behaviour _behaviour;
    private readonly Shares _communes;
    private readonly Shares _atCommunes;
    private readonly Shares _atDepartments;
    private readonly Shares _categories;

    /// <summary>A plan for a city.</summary>
    public ArrivalPlan(CitySheet sheet, ulong seed, Behaviour behaviour)
    {
        _sheet = sheet;
        _draws = new Draws(seed);
        _behaviour = behaviour;
        _communes = Weights(sheet.Communes, c => Math.Pow(Math.Max(1, c.Population), PopulationExponent));
        _atCommunes = Weights(sheet.Services, s => s.Kind == CaseKind.Dossier && s.Level == Level.Commune ? s.Share : 0);
        _atDepartments = Weights(sheet.Services, s => s.Kind == CaseKind.Dossier && s.Level == Level.City ? s.Share : 0);
        _categories = Weights(sheet.Services, s => s.Kind == CaseKind.Feedback ? s.Share : 0);
    }

    /// <summary>The arrivals of a period, in order of time.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The end; nobody comes then or later.</param>
    /// <param name="volume">How many.</param>
    /// <param name="firstKey">The key of the first case; the others follow.</param>
    public Arrival[] Between(DateTimeOffset from, DateTimeOffset to, DriveVolume volume, long firstKey = 1)
    {
        var profile = new HourProfile(_sheet.City.Rules.Calendar, from, to);
        var arrivals = new Arrival[volume.Cases];
        for (int i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = i < volume.Dossiers
                ? Dossier(firstKey + i, i < volume.AtCommunes, profile)
                : Report(firstKey + i, i < volume.Dossiers + volume.HotlineReports ? Channel.Hotline : Channel.App, profile);
        }
        Array.Sort(arrivals, static (a, b) => a.AtTicks != b.AtTicks ? a.AtTicks.CompareTo(b.AtTicks) : a.Key.CompareTo(b.Key));
        return arrivals;
    }

    private Arrival Dossier(long key, bool isAtCommune, HourProfile profile)
    {
        bool hasBoth = _atCommunes.Total > 0 && _atDepartments.Total > 0;
        Shares services = hasBoth ? (isAtCommune ? _atCommunes : _atDepartments) : (_atCommunes.Total > 0 ? _atCommunes : _atDepartments);
        int service = services.Pick(_draws.Unit(key, Purpose.Service));
        Channel channel = ChannelOf(_sheet.Services[service], key, profile);
        int commune = _communes.Pick(_draws.Unit(key, Purpose.Commune));
        return new(profile.MomentOf(channel, _draws.Unit(key, Purpose.FiledAt)), key, CitizenOf(key, commune), (short)commune, (short)service, channel);
    }

    private Arrival Report(long key, Channel channel, HourProfile profile)
    {
        int service = _categories.Pick(_draws.Unit(key, Purpose.Service));
        int commune = _communes.Pick(_draws.Unit(key, Purpose.Commune));
        TwinId citizen = _draws.Chance(_behaviour.UnnamedShare, key, Purpose.Citizen, 1) ? default : CitizenOf(key, commune);
        return new(profile.MomentOf(channel, _draws.Unit(key, Purpose.FiledAt)), key, citizen, (short)commune, (short)service, channel);
    }

    private Channel ChannelOf(ServiceDefinition service, long key, HourProfile profile)
    {
        if (profile.HasCounterHours && !_draws.Chance(service.OnlineShare, key, Purpose.Channel))
        {
            return Channel.Counter;
        }
        return _draws.Unit(key, Purpose.Channel, 1) switch
        {
            < 0.55 => Channel.NationalPortal,
            < 0.9 => Channel.OnlinePortal,
            _ => Channel.App,
        };
    }

    // Some come often (firms, those who file for others), most hardly ever: the cube makes the low numbers frequent.
    private TwinId CitizenOf(long key, int commune)
    {
        double unit = _draws.Unit(key, Purpose.Citizen);
        return CitizenOf(_sheet.Communes[commune].Id, (int)(unit * unit * unit * CitizensPerCommune));
    }

    /// <summary>The pseudonym of the n-th citizen of a commune: the same in every run, so that documents given once stay given.</summary>
    internal static TwinId CitizenOf(TwinId commune, int n)
    {
        ulong hash = Draws.Mix(unchecked(((ulong)commune.Value * 0x9E3779B97F4A7C15UL) + (ulong)n));
        return TwinId.Citizen((long)(hash & TwinId.NumberMax));
    }

    private static Shares Weights<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var weights = new double[items.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = weight(items[i]);
        }
        return new Shares(weights);
    }
}
