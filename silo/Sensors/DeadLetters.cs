using System.Text;

namespace CityTwin.Silo.Sensors;

/// <summary>A message that could not be taken, and why.</summary>
/// <param name="Number">Rises by one with each dead letter since the start.</param>
/// <param name="At">When it came, UTC.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Payload">Its beginning, at most 256 bytes, as text.</param>
public sealed record DeadLetter(long Number, DateTimeOffset At, string Topic, string Client, string Reason, string Payload);

/// <summary>The last messages that could not be taken. Thread-safe and bounded: the oldest go first.</summary>
public sealed class DeadLetters(int max)
{
    private const int PayloadBytesMax = 256;

    private readonly Lock _gate = new();
    private readonly Queue<DeadLetter> _letters = new();

    /// <summary>How many there have been since the start.</summary>
    public long Total { get; private set; }

    /// <summary>The last ones, newest first.</summary>
    public IReadOnlyList<DeadLetter> Latest(int limit)
    {
        lock (_gate)
        {
            return [.. _letters.Reverse().Take(limit)];
        }
    }

    internal void Add(DateTimeOffset at, string topic, string client, string reason, ReadOnlySpan<byte> payload)
    {
        string shown = Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, PayloadBytesMax)]);
        lock (_gate)
        {
            _letters.Enqueue(new DeadLetter(++Total, at, topic, client, reason, shown));
            if (_letters.Count > max)
            {
                _letters.Dequeue();
            }
        }
    }
}
