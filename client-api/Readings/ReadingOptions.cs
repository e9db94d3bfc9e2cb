using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityTwin.Silo.Mqtt;

namespace CityTwin.ClientApi.Readings;

/// <summary>The options of <c>serve</c> for readings.</summary>
internal static class ReadingOptions
{
    private static readonly Option<string?> Mqtt = new("--mqtt") { Description = "Takes sensor readings over MQTT at this address, as 127.0.0.1:1883. Over HTTP they are taken always, at /readings." };
    private static readonly Option<string?> MqttTls = new("--mqtt-tls") { Description = "The same over TLS at this address, as 0.0.0.0:8883. Needs --mqtt-cert and --mqtt-key." };
    private static readonly Option<string?> Cert = new("--mqtt-cert") { Description = "The server's certificate and its chain, a PEM file." };
    private static readonly Option<string?> Key = new("--mqtt-key") { Description = "The certificate's key, a PEM file without a password." };
    private static readonly Option<string?> Users = new("--mqtt-users") { Description = "A file of MQTT users, a line each: name,password hash (see docs/mqtt.md). Needed for any but a loopback address." };
    private static readonly Option<bool> Register = new("--mqtt-register") { Description = "Registers an unknown sensor by its first reading." };
    private static readonly Option<int> Connections = new("--mqtt-connections-max") { Description = "MQTT connections at once, 1 to 1,000,000.", DefaultValueFactory = _ => new MqttOptions().ConnectionsMax };
    private static readonly Option<int> Rate = new("--mqtt-rate-max") { Description = "Publications of one MQTT client in a second, 0 (default, as many as it can) to 1,000,000; past it the client is read from again in the next second.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> SensorsMax = new("--sensors-max") { Description = "Sensors known at most, 1 to 10,000,000.", DefaultValueFactory = _ => new ReadingsChoice().SensorsMax };
    private static readonly Option<int> KeepRaw = new("--readings-keep") { Description = "Days that raw readings are kept, 1 to 3,650.", DefaultValueFactory = _ => (int)new ReadingsChoice().KeepRaw.TotalDays };

    /// <summary>All of them.</summary>
    public static IEnumerable<Option> All => [Mqtt, MqttTls, Cert, Key, Users, Register, Connections, Rate, SensorsMax, KeepRaw];

    /// <summary>Reads them; what is wrong is added to the mistakes.</summary>
    public static ReadingsChoice Read(ParseResult parsed, List<string> mistakes)
    {
        IPEndPoint? plain = Address("--mqtt", parsed.GetValue(Mqtt), "127.0.0.1:1883", mistakes);
        IPEndPoint? tls = Address("--mqtt-tls", parsed.GetValue(MqttTls), "0.0.0.0:8883", mistakes);
        bool isServed = parsed.GetValue(Mqtt) is not null || parsed.GetValue(MqttTls) is not null;
        if (!isServed && parsed.GetValue(Users) is not null)
        {
            mistakes.Add("--mqtt-users: it goes with --mqtt or --mqtt-tls");
        }
        List<MqttUser> users = parsed.GetValue(Users) is { } file ? UsersFile.Read(file, mistakes) : [];
        foreach (IPEndPoint open in new[] { plain, tls }.OfType<IPEndPoint>().Where(e => users.Count == 0 && !IPAddress.IsLoopback(e.Address)))
        {
            mistakes.Add($"{(open == plain ? "--mqtt" : "--mqtt-tls")}: '{open}' can be reached from other machines; name the users with --mqtt-users first");
        }
        InRange("--mqtt-connections-max", parsed.GetValue(Connections), 1_000_000, mistakes);
        InRange("--mqtt-rate-max", parsed.GetValue(Rate), 1_000_000, mistakes, min: 0);
        InRange("--sensors-max", parsed.GetValue(SensorsMax), 10_000_000, mistakes);
        InRange("--readings-keep", parsed.GetValue(KeepRaw), 3_650, mistakes);
        return new ReadingsChoice
        {
            Endpoint = plain,
            TlsEndpoint = tls,
            Certificate = Certificate(parsed, tls is not null, mistakes),
            Users = users,
            RegisterOnFirstMessage = parsed.GetValue(Register),
            SensorsMax = parsed.GetValue(SensorsMax),
            KeepRaw = TimeSpan.FromDays(Math.Clamp(parsed.GetValue(KeepRaw), 1, 3_650)),
            ConnectionsMax = parsed.GetValue(Connections),
            PublishRateMax = parsed.GetValue(Rate),
        };
    }

    private static IPEndPoint? Address(string option, string? text, string example, List<string> mistakes)
    {
        if (text is null)
        {
            return null;
        }
        if (IPEndPoint.TryParse(text, out IPEndPoint? endpoint) && endpoint.Port != 0)
        {
            return endpoint;
        }
        mistakes.Add($"{option}: '{text}' is no address, expected one as {example}");
        return null;
    }

    private static X509Certificate2? Certificate(ParseResult parsed, bool isNeeded, List<string> mistakes)
    {
        (string? cert, string? key) = (parsed.GetValue(Cert), parsed.GetValue(Key));
        if (!isNeeded || cert is null || key is null)
        {
            if (isNeeded || cert is not null || key is not null)
            {
                mistakes.Add("--mqtt-tls, --mqtt-cert, --mqtt-key: they go together");
            }
            return null;
        }
        try
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPemFile(cert, key);
            // A key that was only read from PEM is not one that every platform's TLS takes: through PKCS #12 it is.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pfx), null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--mqtt-cert, --mqtt-key: {e.Message}");
            return null;
        }
    }

    private static void InRange(string option, int value, int max, List<string> mistakes, int min = 1)
    {
        if (value < min || value > max)
        {
            mistakes.Add($"{option}: found {value}, expected {min} to {max}");
        }
    }
}
