using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CityTwin.ClientApi.Readings;

namespace CityTwin.ClientApi.Tests;

/// <summary>What the program says, and with which code it ends, when it is asked for what cannot be.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-words-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--port 3", "'--port'")]
    [InlineData("serv", "'serv'")]
    [InlineData("--body-max x", "--body-max: found 'x', expected a whole number")]
    [InlineData("--whatif-store /dev/null/runs", "--whatif-store: '/dev/null/runs' cannot be used: ")]
    [InlineData("query --limit 1.5", "--limit: found '1.5', expected a whole number")]
    [InlineData("migrate --from a.db", "'--to' is required")]
    [InlineData("export out.gz --kind dossier", "--kind: is of event logs")]
    [InlineData("export out.gz --after -1", "--after: found -1")]
    [InlineData("compact --up-to -5", "--up-to: found -5")]
    [InlineData("forget commune/19753", "commune/19753 is neither a citizen nor a case")]
    public async Task Words_that_cannot_be_understood_end_with_2_and_a_short_reason(string words, string reason)
    {
        (int code, string output, string error) = await RunAsync(words.Split(' '));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.InRange(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 4);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("verify --journal none.db")]
    [InlineData("compact --journal none.db")]
    [InlineData("forget citizen/000000000042 --journal none.db")]
    [InlineData("migrate --from none.db --to other.db")]
    [InlineData("backup b.zip --journal none.db")]
    public async Task A_journal_that_is_not_there_is_named_and_not_made(string words)
    {
        (int code, _, string error) = await RunAsync(words.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains("there is no journal 'none.db'", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_file_that_is_no_journal_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter.txt"), "Dear city,", TestContext.Current.CancellationToken);

        (int code, _, string error) = await RunAsync("--journal", "letter.txt", "--urls", "http://127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains("letter.txt", error, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://", "names no host")]
    [InlineData("letter.txt/city.db", "there can be no folder")]
    public async Task A_journal_that_cannot_be_is_told_in_one_line(string journal, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter.txt"), "Dear city,", TestContext.Current.CancellationToken);

        (int code, _, string error) = await RunAsync("--journal", journal, "--urls", "http://127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains(reason, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_without_a_certificate_is_told_in_one_line()
    {
        (int code, _, string error) = await RunAsync("--journal", "city.db", "--urls", "https://127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains("certificate", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mqtt-users", "\ngateway-7,secret\n", ":2: expected name,password hash")]
    [InlineData("--open311-attributes", "{\"noise\":[{\"code\":1}]}", "$.noise[0].code: line 1, byte 20: expected a text")]
    public async Task A_file_with_a_mistake_is_told_with_its_place(string option, string text, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "given"), text, TestContext.Current.CancellationToken);

        (int code, _, string error) = await RunAsync("--mqtt", "127.0.0.1:1", option, "given");

        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        (int code, _, string error) = await RunAsync("--journal", "city.db", "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal(1, code);
        Assert.Contains("address already in use", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_the_file_of_MQTT_users_is_one_that_the_file_takes()
    {
        string file = Path.Combine(_folder, "users");
        using var line = new StringWriter();
        Assert.Equal(0, MqttPasswordCommand.Run("gateway-7", new StringReader("a secret\n"), line, TextWriter.Null));
        File.WriteAllText(file, line.ToString());
        var mistakes = new List<string>();

        Assert.Equal("gateway-7", Assert.Single(UsersFile.Read(file, mistakes)).Name);
        Assert.Empty(mistakes);
        Assert.Equal(2, MqttPasswordCommand.Run("a,b", new StringReader("a secret\n"), TextWriter.Null, TextWriter.Null));
        Assert.Equal(2, MqttPasswordCommand.Run("gateway-7", new StringReader(""), TextWriter.Null, TextWriter.Null));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. words]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
