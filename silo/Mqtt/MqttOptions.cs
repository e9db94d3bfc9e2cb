using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace CityTwin.Silo.Mqtt;

/// <summary>Limits and access of the MQTT endpoint. Checked when it starts.</summary>
public sealed class MqttOptions
{
    /// <summary>Where to listen without TLS; null for nowhere. Default: the loopback address, port 1883. Port 0 takes a free one.</summary>
    public IPEndPoint? Endpoint { get; set; } = new(IPAddress.Loopback, 1883);

    /// <summary>Where to listen with TLS; null (the default) for nowhere. Needs <see cref="Certificate"/>.</summary>
    public IPEndPoint? TlsEndpoint { get; set; }

    /// <summary>The server's certificate with its private key.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Who may connect. Default: nobody by name.</summary>
    public IList<MqttUser> Users { get; } = [];

    /// <summary>Whether a client without a user name may connect and use every topic. Default: no.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>The largest packet taken, bytes, header included. 1,024 to 16,777,216, default 262,144.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int PacketBytesMax { get; set; } = 256 * 1024;

    /// <summary>Publications of QoS 1 and 2 that one client may have unacknowledged; past it reading from it pauses (an MQTT 5 client is told the number). 1 to 65,535, default 2,048.</summary>
    [Range(1, 65_535)]
    public int ReceiveMax { get; set; } = 2_048;

    /// <summary>Topic aliases that one client may set. 0 to 65,535, default 64.</summary>
    [Range(0, 65_535)]
    public int TopicAliasMax { get; set; } = 64;

    /// <summary>Unacknowledged publications to one client, where it asks for no fewer. 1 to 65,535, default 256.</summary>
    [Range(1, 65_535)]
    public int InflightMax { get; set; } = 256;

    /// <summary>Messages that wait for one session. A publisher that fills the queue of a connected one is held back; to one that is away, newer messages are not queued and are counted. 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueMax { get; set; } = 10_000;

    /// <summary>How long a full queue may hold publishers back before its client is disconnected with "quota exceeded". 1 s to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SlowSubscriberPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Subscriptions of one session. 1 to 100,000, default 1,000.</summary>
    [Range(1, 100_000)]
    public int SubscriptionsMax { get; set; } = 1_000;

    /// <summary>Publications that one client may send in a second; past it reading from it pauses. 0 (the default) for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int PublishRateMax { get; set; }

    /// <summary>Connections at the same time. 1 to 1,000,000, default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>Sessions, connected or away. 1 to 1,000,000, default 100,000.</summary>
    [Range(1, 1_000_000)]
    public int SessionsMax { get; set; } = 100_000;

    /// <summary>Retained messages. 1 to 10,000,000, default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int RetainedMax { get; set; } = 100_000;

    /// <summary>Topics whose routes and subscribers are remembered; past it the memory starts afresh. 1,000 to 10,000,000, default 200,000.</summary>
    [Range(1_000, 10_000_000)]
    public int TopicsMax { get; set; } = 200_000;

    /// <summary>How long a connection may take to send a whole CONNECT. 1 s to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest keep-alive, which clients that ask for none or more are given (MQTT 5) . 0 (the default) for no limit; else 10 s to 18 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "18:00:00")]
    public TimeSpan KeepAliveMax { get; set; }

    /// <summary>How long a session outlives its connection at most. 0 s to 365 d, default 7 d.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan SessionExpiryMax { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Checks every range; the message names the option.</summary>
    /// <exception cref="ValidationException">An option is out of its range, or two do not fit.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (TlsEndpoint is not null && Certificate is not { HasPrivateKey: true })
        {
            throw new ValidationException($"{nameof(TlsEndpoint)} needs a {nameof(Certificate)} with its private key.");
        }
        foreach (MqttUser user in Users)
        {
            user.Validate();
        }
    }
}
