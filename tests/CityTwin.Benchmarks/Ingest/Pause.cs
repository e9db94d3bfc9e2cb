namespace CityTwin.Benchmarks.Ingest;

/// <summary>Lets a measurement run for a while.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan period)
    {
        using PeriodicTimer timer = new(period);
        await timer.WaitForNextTickAsync();
    }
}
