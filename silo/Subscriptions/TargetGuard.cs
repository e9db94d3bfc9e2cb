using System.Net;
using System.Net.Sockets;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Keeps webhooks away from this machine and the networks behind it: the address that is connected to is the one that was checked.</summary>
public static class TargetGuard
{
    /// <summary>A client for webhooks: no redirects, no proxy, no cookies, and only addresses that are allowed.</summary>
    /// <param name="allowsPrivate">Whether private addresses are allowed.</param>
    /// <param name="answerTimeMax">How long a target may take.</param>
    public static HttpClient Client(bool allowsPrivate, TimeSpan answerTimeMax) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = answerTimeMax,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseDrainSize = 64 * 1024,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, allowsPrivate, cancellation),
    })
    {
        Timeout = answerTimeMax,
    };

    /// <summary>Whether an address is on the public internet.</summary>
    /// <remarks>Refused: the special-purpose blocks of RFC 6890, RFC 4193, RFC 4291 and RFC 6598, also when written as IPv6.</remarks>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        byte[] b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return b[0] switch
            {
                0 or 10 or 127 or >= 224 => false,
                100 => b[1] is < 64 or > 127,
                169 => b[1] != 254,
                172 => b[1] is < 16 or > 31,
                192 => !(b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2)),
                198 => !(b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)),
                203 => !(b[1] == 0 && b[2] == 113),
                _ => true,
            };
        }

        // Only the global unicast block, without documentation, benchmarking, Teredo and 6to4, which can lead to IPv4 addresses inside.
        bool isGlobal = (b[0] & 0xe0) == 0x20;
        bool isSpecial = b[0] == 0x20 && ((b[1] == 0x01 && (b[2] & 0xfe) == 0) || (b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8) || b[1] == 0x02);
        return isGlobal && !isSpecial;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowsPrivate, CancellationToken cancellation)
    {
        IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellation);
        IPAddress[] allowed = [.. addresses.Where(a => allowsPrivate || IsPublic(a))];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"'{target.Host}' is on this machine or a private network, which is not allowed");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
