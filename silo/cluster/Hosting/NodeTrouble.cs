using System.Net;
using System.Net.Sockets;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using Npgsql;

namespace CityTwin.Cluster.Hosting;

/// <summary>Tells in one sentence why a node cannot run, with the name of the option that is to blame.</summary>
internal static class NodeTrouble
{
    /// <summary>Finds out before anything is started whether the node can listen for other nodes; null: it can.</summary>
    /// <param name="options">The node's options.</param>
    public static string? OfSilo(NodeOptions options) =>
        OfAddress("--silo", options.Silo) ?? (options.GatewayPort == 0 ? null : OfAddress("--gateway-port", new IPEndPoint(options.Silo.Address, options.GatewayPort)));

    /// <summary>The reason of a failure; null when it is none of the expected ones.</summary>
    public static string? Of(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            string? reason = e switch
            {
                AggregateException { InnerExceptions: [.., var last] } when last != e.InnerException => Of(last),
                JournalException => $"--journal: {e.Message}",
                NpgsqlException => $"--journal: the database failed: {e.Message}",
                RuntimeUnavailableException => e.Message,
                // Of the addresses only those of the API are left: the silo's was tried before.
                SocketException or Microsoft.AspNetCore.Connections.AddressInUseException => $"--urls: {e.Message}",
                IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => $"--urls: {e.Message}",
                InvalidOperationException when e.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
                    $"--urls: {e.Message.Split('\n')[0].Trim()} Name one in Kestrel__Certificates__Default__Path (docs/operations.md).",
                IOException or UnauthorizedAccessException => e.Message,
                _ => null,
            };
            if (reason is not null)
            {
                return reason.ReplaceLineEndings(" ");
            }
        }
        return null;
    }

    private static string? OfAddress(string option, IPEndPoint address)
    {
        try
        {
            using TcpListener listener = new(address);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return $"{option}: nothing can be heard at {address}: {e.Message}";
        }
    }
}
