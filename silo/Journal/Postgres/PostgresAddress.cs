using Npgsql;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>Where a PostgreSQL journal is, read from one option: <c>Host=…;Database=…</c> or <c>postgres://user:password@host:port/database?search_path=…</c>.</summary>
public static class PostgresAddress
{
    /// <summary>The schema used when the address names none in its search path.</summary>
    public const string DefaultSchema = "citytwin";

    private const int CommandTimeoutSeconds = 30;
    private const int ConnectTimeoutSeconds = 5;

    /// <summary>Whether a journal option means PostgreSQL rather than a file.</summary>
    public static bool Is(string journal) =>
        journal.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
        || journal.StartsWith("Server=", StringComparison.OrdinalIgnoreCase)
        || journal.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || journal.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the option. Without a search path the schema is <see cref="DefaultSchema"/>; timeouts not given are 5 s to connect and 30 s a statement.</summary>
    /// <exception cref="JournalException">It is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string journal)
    {
        try
        {
            NpgsqlConnectionStringBuilder address = journal.Contains("://", StringComparison.Ordinal) ? FromUri(new Uri(journal)) : new(journal);
            if (string.IsNullOrEmpty(address.Host))
            {
                throw new JournalException("the journal's address names no host, expected Host=…;Database=… or postgres://user@host/database");
            }
            if (string.IsNullOrEmpty(address.SearchPath))
            {
                address.SearchPath = DefaultSchema;
            }
            if (address.SearchPath.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_'))
            {
                throw new JournalException($"the search path '{address.SearchPath}' must name one schema, in lower-case letters, digits and '_'");
            }
            SetUnlessGiven(address, "Timeout", ConnectTimeoutSeconds);
            SetUnlessGiven(address, "Command Timeout", CommandTimeoutSeconds);
            SetUnlessGiven(address, "Max Auto Prepare", 32);
            SetUnlessGiven(address, "Application Name", "citytwin");
            SetUnlessGiven(address, "Include Error Detail", true);
            return address;
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or KeyNotFoundException)
        {
            throw new JournalException($"the journal's address is no PostgreSQL connection string: {e.Message}", e);
        }
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder address, string keyword, object value)
    {
        if (!address.ContainsKey(keyword))
        {
            address[keyword] = value;
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder address = new() { Host = uri.Host };
        if (uri.Port > 0)
        {
            address.Port = uri.Port;
        }
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            address.Database = Uri.UnescapeDataString(database);
        }
        if (user[0].Length > 0)
        {
            address.Username = Uri.UnescapeDataString(user[0]);
        }
        if (user.Length > 1)
        {
            address.Password = Uri.UnescapeDataString(user[1]);
        }
        foreach (string pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string keyword = parts[0] == "search_path" ? "Search Path" : Uri.UnescapeDataString(parts[0]);
            address[keyword] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }
        return address;
    }
}
