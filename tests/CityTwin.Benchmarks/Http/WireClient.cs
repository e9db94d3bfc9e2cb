using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CityTwin.Benchmarks.Http;

/// <summary>One keep-alive HTTP/1.1 connection that sends requests made beforehand and reads whole answers: a client that costs little.</summary>
internal sealed class WireClient(int port) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public Task ConnectAsync() => _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>The bytes of a POST request with a JSON body.</summary>
    public static byte[] Post(string path, string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    /// <summary>Sends a request and reads the answer; returns its status.</summary>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0)
        {
            request = request[await _socket.SendAsync(request)..];
        }
        int filled = 0, headEnd;
        while ((headEnd = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReadAsync(filled);
        }
        string head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
        int status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        int needed = headEnd + 4;
        int at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            needed += int.Parse(head.AsSpan(at + 16).TrimStart().ToString().Split('\r')[0], CultureInfo.InvariantCulture);
            while (filled < needed)
            {
                filled += await ReadAsync(filled);
            }
            return status;
        }
        while (!_buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8))
        {
            filled += await ReadAsync(filled);
        }
        return status;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReadAsync(int filled)
    {
        if (filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
        return read > 0 ? read : throw new IOException("the server closed the connection");
    }
}
