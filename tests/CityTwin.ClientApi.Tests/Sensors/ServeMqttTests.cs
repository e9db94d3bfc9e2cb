using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CityTwin.Silo.Mqtt;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary>The served city and clients that others wrote: Debian's mosquitto and mosquitto-clients, and mqtt from the npm registry.</summary>
public sealed class ServeMqttTests
{
    private const string Topic = "city/46/19753/water/KL01";

    [Fact]
    public async Task Readings_of_mosquitto_pub_and_npm_mqtt_of_both_versions_are_in_the_time_series_once_acknowledged()
    {
        NeedsProgram("mosquitto_pub");
        NeedsProgram("npm");
        string modules = await NpmMqttAsync();
        await using ServedCity city = await ServedCity.StartAsync();
        string sensor = await city.RegisterAsync("KL01");
        long at = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds();
        var expected = new List<long>();
        foreach (string version in new[] { "mqttv311", "mqttv5" })
        {
            foreach (int qos in new[] { 0, 1, 2 })
            {
                expected.Add(++at);
                await RunAsync("mosquitto_pub", "-p", $"{city.MqttPort}", "-V", version, "-q", $"{qos}", "-t", Topic, "-m", $"[{at},0.5]");
            }
        }
        foreach (int level in new[] { 4, 5 })
        {
            expected.Add(++at);
            await RunAsync("node", "-e", $$"""
                const client = require('{{modules}}/mqtt').connect('mqtt://127.0.0.1:{{city.MqttPort}}', { protocolVersion: {{level}} });
                client.on('connect', () => client.publish('{{Topic}}', '[{{at}},0.5]', { qos: 1 }, e => { if (e) process.exit(1); client.end(); }));
                """);
        }
        JsonElement history = await city.UntilAsync(HistoryOf(sensor), h => h.GetProperty("items").GetArrayLength() == expected.Count);
        Assert.Equal(expected, history.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds()));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_sub_gets_what_sensors_publish(string version)
    {
        NeedsProgram("mosquitto_sub");
        await using ServedCity city = await ServedCity.StartAsync();
        await city.RegisterAsync("KL01");
        using Process sub = Start("mosquitto_sub", "-p", $"{city.MqttPort}", "-V", version, "-q", "1", "-t", "city/46/+/water/#", "-C", "1", "-F", "%t=%p");
        // Retained, so that it does not matter which of the two is there first.
        await RunAsync("mosquitto_pub", "-p", $"{city.MqttPort}", "-q", "1", "-r", "-t", Topic, "-m", $"[{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},0.75]");
        Assert.StartsWith($"{Topic}=[", await sub.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await sub.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_citys_Mosquitto_is_bridged_as_the_documentation_says()
    {
        NeedsProgram("/usr/sbin/mosquitto");
        await using ServedCity city = await ServedCity.StartAsync("--mqtt {mqtt} --mqtt-register");
        int port = ServedCity.FreePort();
        string file = Path.Combine(city.Folder, "bridge.conf");
        await File.WriteAllTextAsync(file, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            connection citytwin
            address 127.0.0.1:{city.MqttPort}
            bridge_protocol_version mqttv311
            cleansession false
            remote_clientid city-bridge
            topic city/46/# out 1
            """, TestContext.Current.CancellationToken);
        using Process mosquitto = Start("/usr/sbin/mosquitto", "-c", file);
        try
        {
            long at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            await UntilListeningAsync(port);
            await RunAsync("mosquitto_pub", "-p", $"{port}", "-q", "1", "-t", "city/46/19753/noise/N1", "-m", $"[{at},61.5]");
            JsonElement list = await city.UntilAsync("/sensors?kind=noise", l => l.GetProperty("total").GetInt32() == 1);
            string sensor = list.GetProperty("items")[0].GetProperty("id").GetString()!;
            JsonElement history = await city.UntilAsync(HistoryOf(sensor), h => h.GetProperty("items").GetArrayLength() == 1);
            Assert.Equal(61.5, history.GetProperty("items")[0].GetProperty("mean").GetDouble());
        }
        finally
        {
            mosquitto.Kill();
            await mosquitto.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task TLS_and_passwords_are_options_of_the_command_line()
    {
        NeedsProgram("mosquitto_pub");
        await using ServedCity city = await ServedCity.StartAsync(
            "--mqtt-tls {mqtt} --mqtt-cert {folder}/cert.pem --mqtt-key {folder}/key.pem --mqtt-users {folder}/users --mqtt-register", WriteCredentials);
        string[] publish =
            ["-h", "localhost", "-p", $"{city.MqttPort}", "--cafile", Path.Combine(city.Folder, "cert.pem"), "-q", "1", "-u", "gateway-7", "-t", "city/46/19753/noise/N1", "-m", $"[{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},61.5]"];
        Assert.NotEqual(0, await ExitCodeAsync("mosquitto_pub", [.. publish, "-P", "wrong"]));
        Assert.Equal(0, await ExitCodeAsync("mosquitto_pub", [.. publish, "-P", "a secret"]));
        await city.UntilAsync("/sensors?kind=noise", l => l.GetProperty("total").GetInt32() == 1);
    }

    private static string HistoryOf(string sensor) => $"/readings?sensor={sensor}&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";

    private static void WriteCredentials(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "users"), $"gateway-7,{MqttUser.HashPassword("a secret")}\n");
    }

    private static async Task UntilListeningAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var probe = new System.Net.Sockets.TcpClient();
            try
            {
                await probe.ConnectAsync("127.0.0.1", port, patience.Token);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task RunAsync(string program, params string[] arguments) => Assert.Equal(0, await ExitCodeAsync(program, arguments));

    private static async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    private static async Task<string> NpmMqttAsync()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "CityTwin.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }
        string folder = Directory.CreateDirectory(Path.Combine(root, "artifacts", "npm-mqtt-api")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ".npmrc"), "omit-lockfile-registry-resolved=true\n", TestContext.Current.CancellationToken);
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "mqtt")))
        {
            await RunAsync("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "mqtt@5");
        }
        return Path.Combine(folder, "node_modules");
    }

    /// <summary>The programs are there wherever CI runs; elsewhere a test without its program is skipped.</summary>
    private static void NeedsProgram(string program)
    {
        bool there = File.Exists(program) || Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        Assert.SkipUnless(there || Environment.GetEnvironmentVariable("CI") == "true", $"{program} is not installed");
    }
}
