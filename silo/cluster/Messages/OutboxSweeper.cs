using CityTwin.Cluster.Nodes;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;

namespace CityTwin.Cluster.Messages;

/// <summary>Finds messages that nobody carries any more, because their sender's node died, and wakes their senders.</summary>
internal sealed class OutboxSweeper(NpgsqlDataSource source, IGrainFactory grains, Courier courier, ILogger logger)
{
    private const int SendersMax = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A message that has waited so long is looked after.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(3);

    /// <summary>Sweeps until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Interval);
        while (await timer.WaitForNextTickAsync(stop).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                await SweepAsync();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException || Retry.IsTransient(e))
            {
                NodeLog.OutboxSweepFailed(logger, e.Message);
            }
        }
    }

    /// <summary>Wakes the senders of old messages; several nodes may do so at once, for waking changes nothing.</summary>
    public async Task SweepAsync()
    {
        List<long> senders = [];
        List<(TwinId Target, Letter Letter)> orphans = [];
        await using NpgsqlCommand command = source.CreateCommand($"""
            SELECT sequence, target, type, data, sender FROM outbox
            WHERE stored < clock_timestamp() - interval '{(int)Age.TotalMilliseconds} milliseconds' ORDER BY sequence LIMIT {SendersMax}
            """);
        await using (NpgsqlDataReader rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                if (!rows.IsDBNull(4))
                {
                    senders.Add(rows.GetInt64(4));
                    continue;
                }
                // Of the time when a single process ran the city: it kept no senders.
                orphans.Add((TwinId.FromValue(rows.GetInt64(1)), new Letter
                {
                    Sequence = rows.GetInt64(0),
                    Command = (TwinCommand)Silo.Journal.JournalJson.Read(rows.GetString(2), rows.GetFieldValue<byte[]>(3)),
                }));
            }
        }
        courier.SendAgain(default, orphans);
        await Task.WhenAll(senders.Distinct().Select(s => grains.Twin(TwinId.FromValue(s)).Wake()));
    }
}
