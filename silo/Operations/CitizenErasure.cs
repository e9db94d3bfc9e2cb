using System.Data.Common;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using Npgsql;

namespace CityTwin.Silo.Operations;

/// <summary>Forgets a citizen: the key of all texts that the citizen wrote, or that were written to the citizen, is destroyed.</summary>
/// <remarks>
/// What is encrypted with it stays in events, states, exports and backups as bytes that nothing can read; history and counts stay
/// whole. Backups from before have the key: how long they are kept is the city's rule. docs/backup.md says the rest.
/// </remarks>
public static class CitizenErasure
{
    /// <summary>Destroys the key of a citizen, or of a case that nobody was named for.</summary>
    /// <param name="journal">The journal; no city may run on it. A running city has <see cref="EmbeddedCity.ForgetAsync"/>.</param>
    /// <param name="types">The kinds of twins.</param>
    /// <param name="subject">The citizen or the case.</param>
    /// <returns>Whether there was a key.</returns>
    /// <exception cref="ArgumentException">Neither a citizen nor a case.</exception>
    /// <exception cref="JournalException">The journal is in use, or cannot be written, or a backup reads the keys: nothing is forgotten then.</exception>
    public static bool Forget(string journal, TwinTypes types, TwinId subject)
    {
        if (subject.Kind is not (TwinKind.Citizen or TwinKind.Case))
        {
            throw new ArgumentException($"{subject} is neither a citizen nor a case");
        }
        JournalFactory.MustExist(journal);
        using JournalLoad held = JournalLoad.Open(journal, types);
        try
        {
            return held.IsPostgres ? ForgetInPostgres(held, subject) : ForgetInSqlite(held, subject);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new JournalException("the keys are being read, by a backup or a verification: nothing was forgotten; try again when that has ended", e);
        }
        catch (DbException e)
        {
            throw new JournalException($"nothing was forgotten: {e.Message}", e);
        }
    }

    // What a deleted row leaves in the file is overwritten with zeros, and the log, which has the page from before, is emptied.
    private static bool ForgetInSqlite(JournalLoad held, TwinId subject)
    {
        held.ExecuteAlone("PRAGMA secure_delete=ON");
        bool known = held.Execute($"DELETE FROM keys WHERE subject = {subject.Value}") > 0;
        held.ExecuteAlone("PRAGMA wal_checkpoint(TRUNCATE)");
        return known;
    }

    private static bool ForgetInPostgres(JournalLoad held, TwinId subject)
    {
        if (!KeyDestruction.Run(held.Execute, subject))
        {
            return false;
        }
        held.Commit();
        KeyDestruction.TurnLogOver(sql => held.ExecuteAlone(sql));
        return true;
    }
}
