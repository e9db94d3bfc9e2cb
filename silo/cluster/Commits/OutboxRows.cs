using System.Text;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Cluster.Commits;

/// <summary>The outbox in a group's transaction: what was sent goes in with the event that caused it, what was taken goes out with what became of it.</summary>
internal static class OutboxRows
{
    /// <summary>Adds the statements; returns the one that takes messages out, or null. It must affect as many rows as messages were taken.</summary>
    public static NpgsqlBatchCommand? Add(NpgsqlBatch rest, GroupWrite write, CopyRows rows)
    {
        if (write.Sent.Count > 0)
        {
            NpgsqlBatchCommand add = new("""
                INSERT INTO outbox (sequence, target, type, data, sender, at) SELECT * FROM unnest($1, $2, $3, $4::jsonb[], $5, $6)
                """);
            SharedWriter.Array(add, write.Sent.Select(s => s.Entry.Sequence).ToArray(), NpgsqlDbType.Bigint);
            SharedWriter.Array(add, write.Sent.Select(s => s.Entry.Target.Value).ToArray(), NpgsqlDbType.Bigint);
            SharedWriter.Array(add, write.Sent.Select(s => JournalJson.NameOf(s.Entry.Command.GetType())).ToArray(), NpgsqlDbType.Text);
            SharedWriter.Array(add, write.Sent.Select(s => Encoding.UTF8.GetString(rows.Json(s.Entry.Command))).ToArray(), NpgsqlDbType.Text);
            SharedWriter.Array(add, write.Sent.Select(s => s.Sender.Value).ToArray(), NpgsqlDbType.Bigint);
            SharedWriter.Array(add, write.Sent.Select(s => s.At.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);
            rest.BatchCommands.Add(add);
        }
        if (write.Taken.Count == 0)
        {
            return null;
        }
        NpgsqlBatchCommand take = new("DELETE FROM outbox WHERE sequence = ANY($1)");
        SharedWriter.Array(take, write.Taken.ToArray(), NpgsqlDbType.Bigint);
        rest.BatchCommands.Add(take);
        return take;
    }
}
