using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Cluster.Tests.Nodes;

/// <summary>What <c>citytwin-node</c> says, and with which code it ends, when it is asked for what cannot be.</summary>
public sealed class NodeWordsTests(PostgresFixture fixture) : IDisposable
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=city;Username=city;Timeout=2";

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-words-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--port", "'--port'")]
    [InlineData("serv", "'serv'")]
    [InlineData("--queue-max x", "--queue-max: found 'x', expected a whole number")]
    [InlineData("--queue-max 0", "--queue-max: found 0, expected 1 to 10000000")]
    [InlineData("--batch-max 0", "--batch-max: found 0, expected 1 to 1000")]
    [InlineData("--feedback-model none.model", "--feedback-model: ")]
    [InlineData("--drain 301", "--drain: found 301, expected 0 to 300")]
    [InlineData("--city atlantis", "--city: 'atlantis' is neither a bundled city")]
    [InlineData("--silo somewhere", "--silo: 'somewhere' is no address, expected one as 127.0.0.1:11111")]
    [InlineData("--silo 0.0.0.0:11111", "--silo: '0.0.0.0:11111' is no address at which others reach this node")]
    [InlineData("--gateway-port 11111", "--gateway-port: 11111 is the port of --silo")]
    [InlineData("--gateway-port 70000", "--gateway-port: found 70000, expected 0 to 65535")]
    [InlineData("--urls nowhere", "--urls: 'nowhere' is no address")]
    [InlineData("--urls http://0.0.0.0:5080", "--urls: 'http://0.0.0.0:5080' can be reached from other machines")]
    [InlineData("--clock 60x", "--clock: nodes share no sped-up clock")]
    [InlineData("--cluster ", "--cluster: found a name of 0 characters")]
    [InlineData("--mqtt-users none.csv --mqtt 127.0.0.1:1", "--mqtt-users: ")]
    [InlineData("bench --callers 0", "--callers: found 0, expected 1 to 65536")]
    [InlineData("bench --commands many", "--commands: found 'many', expected a whole number")]
    public async Task Words_that_cannot_be_understood_end_with_2_and_one_sentence(string words, string reason)
    {
        (int code, string output, string[] error) = await RunAsync([.. words.Split(' '), "--journal", Nowhere]);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(reason[..2] == "--" ? reason : "", error[0], StringComparison.Ordinal);
        Assert.Contains(reason, error[0], StringComparison.Ordinal);
        Assert.All(error[1..], line => Assert.StartsWith("What there is: citytwin-node", line, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData(null, "--journal: a cluster needs the address of a PostgreSQL database")]
    [InlineData("city.db", "--journal: 'city.db' is a file")]
    [InlineData("postgres://", "--journal: the journal's address names no host")]
    [InlineData("Host=127.0.0.1;Colour=red", "--journal: the journal's address is no PostgreSQL connection string")]
    public async Task A_journal_that_nodes_cannot_share_ends_with_2_and_one_sentence(string? journal, string reason)
    {
        (int code, _, string[] error) = await RunAsync(journal is null ? [] : ["--journal", journal]);

        Assert.Equal(2, code);
        Assert.StartsWith(reason, Assert.Single(error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_in_one_sentence()
    {
        (int code, _, string[] error) = await RunAsync("--journal", Nowhere, "--silo", FreeAddress());

        Assert.Equal(1, code);
        Assert.StartsWith("--journal: the database failed", Assert.Single(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--silo", "")]
    [InlineData("--urls", "http://")]
    [InlineData("--gateway-port", "127.0.0.1:")]
    public async Task An_address_in_use_is_named_in_one_sentence(string option, string before)
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string address = before + taken.LocalEndpoint;
        List<string> words = ["--journal", fixture.Server.NewAddress(), option, option == "--gateway-port" ? address.Split(':')[^1] : address];
        words.AddRange(option == "--silo" ? [] : ["--silo", FreeAddress()]);
        words.AddRange(option == "--urls" ? [] : ["--urls", "http://127.0.0.1:0"]);

        (int code, _, string[] error) = await RunAsync([.. words]);

        Assert.Equal(1, code);
        string said = Assert.Single(error, line => line.StartsWith("--", StringComparison.Ordinal));
        Assert.StartsWith(option + ": ", said, StringComparison.Ordinal);
        Assert.Contains("in use", said, StringComparison.Ordinal);
        Assert.DoesNotContain(error, line => line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith("Unhandled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("bench --help")]
    public async Task Help_is_given(string words)
    {
        (int code, string output, string[] error) = await RunAsync(words.Split(' '));

        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Contains("citytwin-node", output, StringComparison.Ordinal);
        Assert.Contains("--journal", output, StringComparison.Ordinal);
    }

    private static string FreeAddress()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    private async Task<(int Code, string Output, string[] Error)> RunAsync(params string[] words)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin-node.dll");
        ProcessStartInfo start = new("dotnet", [program, .. words]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, (await error).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
