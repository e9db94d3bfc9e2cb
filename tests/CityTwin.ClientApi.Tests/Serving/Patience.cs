namespace CityTwin.ClientApi.Tests;

/// <summary>Waiting for what comes soon, with a bound: far longer than it takes, and no longer.</summary>
internal static class Patience
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    /// <summary>Returns once it holds; fails, with what was waited for, if it does not within the bound.</summary>
    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    /// <summary>The same for what must be asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Bound);
        while (!await holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.False(patience.IsCancellationRequested, $"waited in vain until {what}");
            await Task.Yield();
        }
    }
}
