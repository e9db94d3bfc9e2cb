using System.Diagnostics;
using CityTwin.ClientApi.WhatIf;
using Microsoft.AspNetCore.SignalR;

namespace CityTwin.ClientApi.Live;

/// <summary>One who watches the live board. Is told one thing at a time; what happens before it was taken is gathered, so that a slow watcher holds up nobody and costs no more than a board.</summary>
/// <remarks>Used by the board's own loop alone, but for its making.</remarks>
internal sealed class Watcher(HubCallerContext connection, IClientProxy client, Task beginning)
{
    /// <summary>Who takes nothing for so long is cut off. Its page comes again by itself and gets the whole board.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    private readonly Gathered _waiting = new();
    private Task _telling = beginning;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Tells what changed, if the watcher took what it was told before; otherwise keeps it for later.</summary>
    /// <param name="update">What changed on the board since the last call; null: nothing.</param>
    /// <param name="written">The same, written; made when the first watcher needs it.</param>
    /// <param name="runs">What-if runs that changed since.</param>
    public void Tell(BoardUpdate? update, Lazy<LiveMessage?> written, IReadOnlyList<RunReading> runs)
    {
        foreach (RunReading run in runs)
        {
            _waiting.Add(run);
        }
        if (!_telling.IsCompleted)
        {
            if (update is not null)
            {
                _waiting.Add(update);
            }
            if (Stopwatch.GetElapsedTime(_since) > PatienceMax)
            {
                connection.Abort();
            }
            return;
        }
        LiveMessage? message = update is null ? null : written.Value;
        if (_waiting.HasUpdate)
        {
            if (update is not null)
            {
                _waiting.Add(update);
            }
            message = LiveMessage.Of(_waiting.TakeUpdate());
        }
        if (message is not null || _waiting.HasRuns)
        {
            _since = Stopwatch.GetTimestamp();
            _telling = SendAsync(message, _waiting.TakeRuns());
        }
    }

    private async Task SendAsync(LiveMessage? update, RunReading[] runs)
    {
        if (update is not null)
        {
            await client.SendAsync("update", update, connection.ConnectionAborted);
        }
        foreach (RunReading run in runs)
        {
            await client.SendAsync("run", run, connection.ConnectionAborted);
        }
    }
}
