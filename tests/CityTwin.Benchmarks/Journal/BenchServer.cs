using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CityTwin.Silo.Journal.Postgres;

namespace CityTwin.Benchmarks.Journal;

/// <summary>A PostgreSQL server with default durability (fsync and synchronous_commit on), in a temporary folder, for one measurement.</summary>
internal sealed class BenchServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-bench-pg-").FullName;
    private readonly string _programs;
    private readonly int _port;

    private BenchServer(string programs)
    {
        _programs = programs;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", _folder);
        }
        AsServer($"{_programs}/initdb -D data -U city -A trust -E UTF8 --no-sync");
        File.AppendAllText(Path.Combine(_folder, "data", "postgresql.conf"),
            $"\nlisten_addresses = '127.0.0.1'\nport = {_port}\nunix_socket_directories = ''\nshared_buffers = 512MB\nmax_wal_size = 4GB\n");
        AsServer($"{_programs}/pg_ctl -D data -w -s -l log start");
    }

    /// <summary>Where it is.</summary>
    public string Address => $"Host=127.0.0.1;Port={_port};Database=postgres;Username=city;Search Path={PostgresAddress.DefaultSchema}";

    /// <summary>Starts a server, or returns null where PostgreSQL is not installed.</summary>
    public static BenchServer? TryStart()
    {
        string? programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        return programs is null ? null : new BenchServer(programs);
    }

    /// <summary>Stops the server and deletes its folder.</summary>
    public void Dispose()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        AsServer($"{_programs}/pg_ctl -D data -w -s -m fast stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void AsServer(string command)
    {
        string inFolder = $"cd {_folder} && {command} >/dev/null";
        if (Environment.UserName == "root")
        {
            Run("runuser", "-u", "postgres", "--", "sh", "-c", inFolder);
        }
        else
        {
            Run("sh", "-c", inFolder);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
