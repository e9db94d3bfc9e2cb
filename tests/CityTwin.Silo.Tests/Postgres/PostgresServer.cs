using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CityTwin.Silo.Tests.Postgres;

/// <summary>A PostgreSQL server of the tests' own: Debian's binaries, a folder in the temporary one, a free port of the loopback.</summary>
/// <remarks>The server refuses to run as root: then its programs are run as the user postgres. Durability is the default: fsync on.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;

    private PostgresServer(string folder, string data, int port)
    {
        (_folder, Data, Port) = (folder, data, port);
    }

    /// <summary>The server's data folder.</summary>
    public string Data { get; }

    public int Port { get; }

    /// <summary>Whether the server's process lives.</summary>
    public bool IsRunning => File.Exists(Path.Combine(Data, "postmaster.pid"))
        && Directory.Exists("/proc/" + File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());

    /// <summary>The folder of the server's programs, or null when it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static bool IsRoot => Environment.UserName == "root";

    public static async Task<PostgresServer> StartAsync(string? folder = null)
    {
        string parent = folder is null ? Directory.CreateTempSubdirectory("citytwin-pg-").FullName : Directory.CreateDirectory(folder).FullName;
        Run("chmod", "755", parent);
        string data = Path.Combine(parent, "data");
        if (IsRoot)
        {
            Run("chown", "postgres", parent);
        }
        PostgresServer server = new(parent, data, FreePort());
        AsServer(parent, "initdb", "-D", data, "-U", "city", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=16");
        await File.AppendAllTextAsync(Path.Combine(data, "postgresql.conf"),
            $"\nlisten_addresses = '127.0.0.1'\nport = {server.Port}\nunix_socket_directories = ''\nshared_buffers = 128MB\nmax_connections = 200\nlog_min_messages = fatal\n");
        server.Start();
        return server;
    }

    /// <summary>The address of a schema that nobody else uses.</summary>
    public string Address(string schema) =>
        $"Host=127.0.0.1;Port={Port};Database=postgres;Username=city;Search Path={schema};Maximum Pool Size=8;Command Timeout=20;Timeout=5";

    /// <summary>The address of a schema made for one test.</summary>
    public string NewAddress() => Address("t" + Guid.NewGuid().ToString("n"));

    public void Start() => AsServer(_folder, "pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "start");

    /// <summary>Stops the server. <c>immediate</c>: as if it were killed, with recovery at the next start.</summary>
    public void Stop(string mode = "immediate") => AsServer(_folder, "pg_ctl", "-D", Data, "-w", "-s", "-m", mode, "stop");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (IsRunning)
        {
            await Task.Run(() => Stop());
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs one statement.</summary>
    public static object? Execute(string address, string sql)
    {
        using NpgsqlConnection connection = new(address + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    public static void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        // A server that was started keeps standard output open: only errors are read, and the log file has the rest.
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
        }
    }

    private static void AsServer(string folder, string program, params string[] arguments)
    {
        string path = Path.Combine(Programs ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql"), program);
        string quoted = string.Join(' ', arguments.Select(a => $"'{a}'"));
        string command = $"cd {folder} && {path} {quoted} >/dev/null";
        if (IsRoot)
        {
            Run("runuser", "-u", "postgres", "--", "sh", "-c", command);
        }
        else
        {
            Run("sh", "-c", command);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
