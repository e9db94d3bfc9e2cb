using System.Collections.Concurrent;
using System.Text;

namespace CityTwin.Silo.Mqtt;

/// <summary>What is remembered of a topic name.</summary>
/// <param name="utf8">The name as it is sent.</param>
/// <param name="route">What the durable inbox knows of it, or null.</param>
internal sealed class TopicEntry(byte[] utf8, object? route)
{
    private Audience _audience = Audience.Nobody;

    public byte[] Utf8 { get; } = utf8;

    public string Text { get; } = Encoding.UTF8.GetString(utf8);

    public object? Route { get; } = route;

    /// <summary>Who receives it now; worked out afresh only after a subscription changed.</summary>
    public Audience AudienceIn(SubscriptionTree tree)
    {
        Audience audience = Volatile.Read(ref _audience);
        if (audience.Version != tree.Version)
        {
            audience = tree.AudienceOf(Text);
            Volatile.Write(ref _audience, audience);
        }
        return audience;
    }
}

/// <summary>The topics in use, found by their bytes without making a string. Thread-safe and bounded.</summary>
internal sealed class TopicTable
{
    private readonly IDurableInbox? _inbox;
    private readonly int _max;
    private readonly ConcurrentDictionary<byte[], TopicEntry> _entries = new(new BytesComparer());
    private readonly ConcurrentDictionary<byte[], TopicEntry>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private int _count;

    public TopicTable(IDurableInbox? inbox, int max)
    {
        _inbox = inbox;
        _max = max;
        _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public TopicEntry Get(ReadOnlySpan<byte> topic)
    {
        if (_bySpan.TryGetValue(topic, out TopicEntry? entry))
        {
            return entry;
        }
        byte[] utf8 = topic.ToArray();
        entry = new TopicEntry(utf8, _inbox?.RouteOf(Encoding.UTF8.GetString(utf8)));
        if (Interlocked.Increment(ref _count) > _max)
        {
            _entries.Clear();
            Volatile.Write(ref _count, 1);
        }
        return _entries.GetOrAdd(utf8, entry);
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
