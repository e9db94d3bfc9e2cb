using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Simulation.Sensors;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>Compares the driver's books with the city: every acknowledged reading, and every alert raised and cleared at its moment.</summary>
/// <param name="target">The city.</param>
/// <param name="from">The first reading.</param>
/// <param name="to">After the last.</param>
internal sealed class SensorLedgerCheck(ISensorTarget target, DateTimeOffset from, DateTimeOffset to)
{
    private const int Concurrency = 16;

    private const int ExamplesMax = 10;

    private const double SumTolerance = 1e-6;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private long _stored;
    private int _differences;

    /// <summary>What is durable is followed a moment later: a difference stands only if it stays so long. Default 60 s.</summary>
    public TimeSpan FollowedWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Readings found.</summary>
    public long Stored => _stored;

    /// <summary>Sensors that differ.</summary>
    public int Differences => _differences;

    /// <summary>The first of them.</summary>
    public List<string> Examples { get; } = [];

    /// <summary>Compares all.</summary>
    /// <param name="accounts">The books.</param>
    /// <param name="told">Gets how many are done.</param>
    public async Task RunAsync(IReadOnlyList<SensorAccount> accounts, Action<int> told)
    {
        int done = 0;
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (account, _) =>
        {
            string? difference = await CompareAsync(account);
            while (difference is not null && Stopwatch.GetElapsedTime(began) < FollowedWithin)
            {
                await Task.Delay(LookEvery, CancellationToken.None);
                difference = await CompareAsync(account);
            }
            if (difference is not null)
            {
                Note($"{account.Sensor.Topic}: {difference}");
            }
            told(Interlocked.Increment(ref done));
        });
        foreach (SensorAccount account in accounts)
        {
            _stored += account.Stored;
        }
    }

    private async Task<string?> CompareAsync(SensorAccount account)
    {
        IReadOnlyList<AlertChange> changes = await target.ChangesAsync(account.Sensor.Id);
        if (!changes.SequenceEqual(account.Changes))
        {
            int same = changes.Zip(account.Changes).TakeWhile(p => p.First == p.Second).Count();
            return $"{changes.Count} alerts raised and cleared, expected {account.Changes.Count}; different from the {same + 1}th on";
        }
        IReadOnlyDictionary<long, HourAccount> hours = await target.HoursAsync(account.Sensor.Id, from, to);
        account.Stored = hours.Values.Sum(h => h.Count);
        foreach ((long hour, HourAccount expected) in account.Hours)
        {
            HourAccount found = hours.GetValueOrDefault(hour);
            bool isSame = found.Count == expected.Count && found.Min == expected.Min && found.Max == expected.Max && Math.Abs(found.Sum - expected.Sum) < SumTolerance;
            if (!isSame)
            {
                return $"the hour of {DateTimeOffset.FromUnixTimeMilliseconds(hour):O} has {found}, expected {expected}";
            }
        }
        return hours.Count == account.Hours.Count ? null : $"{hours.Count} hours have readings, expected {account.Hours.Count}";
    }

    private void Note(string difference)
    {
        Interlocked.Increment(ref _differences);
        lock (Examples)
        {
            if (Examples.Count < ExamplesMax)
            {
                Examples.Add(difference);
            }
        }
    }
}
