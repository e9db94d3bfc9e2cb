using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>Clients and a broker that others wrote: Debian's mosquitto and mosquitto-clients, and mqtt from the npm registry.</summary>
public sealed class RealClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Mosquitto_clients_publish_and_subscribe(string version, int qos)
    {
        NeedsProgram("mosquitto_sub");
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using Process sub = Start("mosquitto_sub", $"-p {broker.Port} -V {version} -q {qos} -t a/# -F %t=%p");
        await SessionTests.Until(() => broker.Broker.SessionCount == 1);
        await UntilSubscribedAsync(broker, "a/ready");
        using Process pub = Start("mosquitto_pub", $"-p {broker.Port} -V {version} -q {qos} -t a/b -l");
        await pub.StandardInput.WriteAsync("one\ntwo\n");
        pub.StandardInput.Close();
        List<string> got = [];
        while (got.Count < 2)
        {
            string line = (await sub.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            if (!line.StartsWith("a/ready", StringComparison.Ordinal))
            {
                got.Add(line);
            }
        }
        sub.Kill();
        Assert.Equal(["a/b=one", "a/b=two"], got);
        await pub.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, pub.ExitCode);
    }

    [Fact]
    public async Task Mosquitto_clients_speak_TLS_with_a_password()
    {
        NeedsProgram("mosquitto_pub");
        using TemporaryFolder folder = new();
        using X509Certificate2 certificate = SelfSigned();
        await File.WriteAllTextAsync(folder.File("ca.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(
            o =>
            {
                (o.AllowAnonymous, o.Endpoint, o.TlsEndpoint, o.Certificate) = (false, null, new IPEndPoint(IPAddress.Loopback, 0), certificate);
                o.Users.Add(new MqttUser { Name = "gateway", PasswordHash = MqttUser.HashPassword("a secret") });
            },
            inbox);
        using Process pub = Start(
            "mosquitto_pub", "-h", "localhost", "-p", $"{broker.TlsPort}", "--cafile", folder.File("ca.pem"), "-u", "gateway", "-P", "a secret",
            "-V", "mqttv5", "-q", "1", "-t", "city/46/19753/water/KL01", "-m", "[1,2]");
        await inbox.UntilTakenAsync(1);
        Assert.False(pub.HasExited);
        inbox.Commit();
        await pub.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, pub.ExitCode);
    }

    [Fact]
    public async Task A_Mosquitto_bridge_forwards_a_citys_readings()
    {
        NeedsProgram("/usr/sbin/mosquitto");
        using TemporaryFolder folder = new();
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        int port = FreePort();
        await File.WriteAllTextAsync(folder.File("bridge.conf"), $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            connection citytwin
            address 127.0.0.1:{broker.Port}
            bridge_protocol_version mqttv311
            cleansession false
            remote_clientid city-bridge
            topic city/46/# out 1
            """, TestContext.Current.CancellationToken);
        using Process mosquitto = Start("/usr/sbin/mosquitto", $"-c {folder.File("bridge.conf")}");
        try
        {
            await SessionTests.Until(() => broker.Broker.SessionCount == 1);
            using Process pub = Start("mosquitto_pub", $"-p {port} -q 1 -t city/46/19753/water/KL01 -m [1730000000000,1.25]");
            await inbox.UntilTakenAsync(1);
            inbox.Commit();
            await pub.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("[1730000000000,1.25]", inbox.Taken[0]);
        }
        finally
        {
            mosquitto.Kill();
            await mosquitto.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_npm_client_publishes_at_every_qos_and_gets_its_messages_back()
    {
        NeedsProgram("npm");
        string folder = NpmFolder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "mqtt")))
        {
            using Process install = Start("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "mqtt@5");
            await install.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, install.ExitCode);
        }
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        foreach (int level in new[] { 4, 5 })
        {
            string script = $$"""
                const mqtt = require('{{folder}}/node_modules/mqtt');
                const client = mqtt.connect('mqtt://127.0.0.1:{{broker.Port}}', { protocolVersion: {{level}} });
                const got = [];
                client.on('message', (topic, payload) => {
                  got.push(topic + '=' + payload);
                  if (got.length === 3) { console.log(got.sort().join(' ')); client.end(); }
                });
                client.on('connect', () => client.subscribe('n/#', { qos: 2 }, () => {
                  for (const qos of [0, 1, 2]) client.publish('n/' + qos, 'q' + qos, { qos });
                }));
                """;
            using Process node = Start("node", "-e", script);
            Assert.Equal(["n/0=q0 n/1=q1 n/2=q2"], await OutputAsync(node));
        }
    }

    private async Task UntilSubscribedAsync(BrokerUnderTest broker, string topic)
    {
        using RawClient probe = await broker.ConnectAsync();
        int reason;
        do
        {
            await probe.SendAsync(RawClient.Publish(topic, "x", 1, id: 1));
            reason = (await probe.ReceiveAsync()).Reason;
        }
        while (reason == (int)MqttReason.NoMatchingSubscribers);
        output.WriteLine("subscribed");
    }

    private static async Task<string[]> OutputAsync(Process process)
    {
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(string program, string arguments) => Start(program, arguments.Split(' '));

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;

    /// <summary>The programs are there wherever CI runs; elsewhere a test without its program is skipped.</summary>
    private static void NeedsProgram(string program)
    {
        bool there = File.Exists(program)
            || Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        Assert.SkipUnless(there || Environment.GetEnvironmentVariable("CI") == "true", $"{program} is not installed");
    }

    private static string NpmFolder()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "CityTwin.sln")))
        {
            root = Path.GetDirectoryName(root);
        }
        string folder = Path.Combine(root!, "artifacts", "npm-mqtt");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, ".npmrc"), "omit-lockfile-registry-resolved=true\n");
        return folder;
    }

    private static int FreePort()
    {
        using System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
