using CityTwin.Grains;
using Npgsql;

namespace CityTwin.Silo.Operations;

/// <summary>Destroys the key of a citizen's texts in a PostgreSQL journal, so that no byte of it stays in the table's file.</summary>
internal static class KeyDestruction
{
    private const int LockPatienceMs = 2_000;

    /// <summary>Destroys it within a transaction, which the caller commits.</summary>
    /// <param name="execute">Runs a statement of the transaction; returns how many rows it changed.</param>
    /// <param name="subject">A citizen, or a case that nobody was named for.</param>
    /// <returns>Whether there was a key.</returns>
    /// <remarks>
    /// The table gets a new file, with the other keys, and the server drops the old one at the commit. VACUUM FULL would not do: it
    /// takes a dead row along as long as any transaction of the database, an analyst's say, is older than its death.
    /// </remarks>
    public static bool Run(Func<string, int> execute, TwinId subject)
    {
        execute($"SET LOCAL lock_timeout = {LockPatienceMs}");
        execute("LOCK TABLE keys IN ACCESS EXCLUSIVE MODE");
        if (execute($"DELETE FROM keys WHERE subject = {subject.Value}") == 0)
        {
            return false;
        }
        execute("CREATE TEMPORARY TABLE kept_keys ON COMMIT DROP AS SELECT * FROM keys");
        execute("TRUNCATE keys");
        execute("INSERT INTO keys SELECT * FROM kept_keys");
        return true;
    }

    /// <summary>Begins a new file of the server's log: sooner overwritten, sooner gone. An account that may not do this leaves it to the server's own pace.</summary>
    /// <param name="execute">Runs a statement outside any transaction.</param>
    public static void TurnLogOver(Action<string> execute)
    {
        foreach (string statement in (string[])["SELECT pg_switch_wal()", "CHECKPOINT"])
        {
            try
            {
                execute(statement);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return;
            }
        }
    }
}
