namespace CityTwin.ClientApi.Boards;

/// <summary>Readings of the whole city's past, one at a time: each reads a part of the journal, and the live city comes first.</summary>
internal static class BoardPast
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Waits for its turn, holding no thread, and reads.</summary>
    /// <exception cref="OperationCanceledException">The caller went away first.</exception>
    public static async Task<T> RunAsync<T>(Func<T> read, CancellationToken aborted)
    {
        await OneAtATime.WaitAsync(aborted);
        try
        {
            return await Task.Run(read, aborted);
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
