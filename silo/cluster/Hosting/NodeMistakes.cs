using System.Net;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;

namespace CityTwin.Cluster.Hosting;

/// <summary>What can be wrong with the words of <c>citytwin-node</c>, told with the option's name.</summary>
internal static class NodeMistakes
{
    /// <summary>The highest port.</summary>
    public const int PortMax = 65_535;

    // As long as the column of the tables of Orleans.
    private const int ClusterNameMax = 150;

    /// <summary>A journal that nodes cannot share.</summary>
    public static void Journal(string journal, List<string> mistakes)
    {
        if (journal.Length == 0)
        {
            mistakes.Add("--journal: a cluster needs the address of a PostgreSQL database, as Host=…;Database=…");
            return;
        }
        if (!PostgresAddress.Is(journal))
        {
            mistakes.Add($"--journal: '{journal}' is a file; a cluster needs a PostgreSQL address as Host=…;Database=…");
            return;
        }
        try
        {
            PostgresAddress.Parse(journal);
        }
        catch (JournalException e)
        {
            mistakes.Add($"--journal: {e.Message}");
        }
    }

    /// <summary>The address at which other nodes are to reach this one; null when it is none.</summary>
    public static IPEndPoint? Silo(string text, List<string> mistakes)
    {
        if (!IPEndPoint.TryParse(text, out IPEndPoint? silo) || silo.Port == 0)
        {
            mistakes.Add($"--silo: '{text}' is no address, expected one as 127.0.0.1:11111");
            return null;
        }
        if (silo.Address.Equals(IPAddress.Any) || silo.Address.Equals(IPAddress.IPv6Any))
        {
            mistakes.Add($"--silo: '{text}' is no address at which others reach this node, expected one as 10.0.0.5:11111");
        }
        return silo;
    }

    /// <summary>A port for clients that is the silo's own, or none at all.</summary>
    public static void Gateway(int port, IPEndPoint? silo, List<string> mistakes)
    {
        SharedOptions.InRange("--gateway-port", port, 0, PortMax, mistakes);
        if (port != 0 && port == silo?.Port)
        {
            mistakes.Add($"--gateway-port: {port} is the port of --silo");
        }
    }

    /// <summary>A cluster's name that Orleans cannot keep.</summary>
    public static void Cluster(string name, List<string> mistakes)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > ClusterNameMax)
        {
            mistakes.Add($"--cluster: found a name of {name.Length} characters, expected 1 to {ClusterNameMax}, not only spaces");
        }
    }
}
