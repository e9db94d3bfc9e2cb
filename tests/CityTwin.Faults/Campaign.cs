using CityTwin.Faults.World;

namespace CityTwin.Faults;

/// <summary>Adds up how many seeds ended.</summary>
internal sealed class Campaign
{
    private readonly Lock _gate = new();
    private readonly List<Outcome> _outcomes = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _outcomes.Count;
            }
        }
    }

    /// <summary>The seeds that broke a promise, lowest first.</summary>
    public IReadOnlyList<Outcome> Broken
    {
        get
        {
            lock (_gate)
            {
                return [.. _outcomes.Where(o => o.Failure is not null).OrderBy(o => o.Seed)];
            }
        }
    }

    public string Summary
    {
        get
        {
            lock (_gate)
            {
                return $"{_outcomes.Count:N0} seeds, {Broken.Count} broken: {Sum(o => o.Events)} events, {Sum(o => o.Judged)} answers judged, "
                    + $"{Sum(o => o.Messages)} messages followed, {Sum(o => o.Crashes)} crashes, {Sum(o => o.Torn)} torn batches, "
                    + $"{Sum(o => o.Troubles)} failing writes and reads, {Sum(o => o.Processes)} processes";
            }
        }
    }

    public void Add(Outcome outcome)
    {
        lock (_gate)
        {
            _outcomes.Add(outcome);
        }
    }

    private string Sum(Func<Outcome, long> of) => _outcomes.Sum(of).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
