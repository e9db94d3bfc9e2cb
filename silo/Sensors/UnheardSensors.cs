using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>The registered sensors that have not spoken yet: nobody watches them, and their silence counts from the registration. One task.</summary>
internal sealed class UnheardSensors(SensorDirectory directory, WatchTable watches)
{
    private readonly HashSet<TwinId> _unheard = [];

    /// <summary>Looks at a sensor that was registered, or has changed.</summary>
    public void Consider(TwinId sensor)
    {
        if (!IsHeard(sensor) && directory.Find(sensor) is { Profile: not null })
        {
            _unheard.Add(sensor);
        }
    }

    /// <summary>Reports those that have said nothing for half of their silence period; the others are left to their deadline, or to a reading.</summary>
    /// <param name="now">Now by the city's clock.</param>
    /// <param name="post">Gets the reports.</param>
    public void Sweep(DateTimeOffset now, ReportPost post)
    {
        List<SensorCommand> reports = [];
        foreach (TwinId sensor in _unheard)
        {
            if (IsHeard(sensor))
            {
                _unheard.Remove(sensor);
            }
            else if (directory.Find(sensor) is { Rules: { } rules, SilentAt: null, IsSilent: false, MaintenanceUntil: null }
                && directory.RegisteredAt(sensor) is { } since && now - since >= rules.SilentAfter / 2)
            {
                reports.Add(new SensorCommand.ReportQuiet(since));
                post.Collect(sensor, default, 0, reports);
            }
        }
    }

    private bool IsHeard(TwinId sensor) => watches.Find(sensor) is { Watch.HeardAtMs: > 0 };
}
