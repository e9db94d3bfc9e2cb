namespace CityTwin.Silo.Mqtt;

/// <summary>One session's wish for the messages of one filter.</summary>
/// <param name="Session">Whose.</param>
/// <param name="Filter">The filter, without the share prefix.</param>
/// <param name="Group">The share group, or null.</param>
/// <param name="Qos">The highest QoS that it is sent.</param>
/// <param name="NoLocal">Whether its own publications are left out.</param>
/// <param name="RetainAsPublished">Whether the retain flag is kept.</param>
/// <param name="Id">The MQTT 5 subscription identifier, 0 for none.</param>
internal sealed record Subscription(
    Session Session, string Filter, string? Group, byte Qos, bool NoLocal, bool RetainAsPublished, uint Id);

/// <summary>Members of a shared subscription, each message going to one of them (MQTT 5, section 4.8.2).</summary>
internal sealed class ShareGroup
{
    private Subscription[] _members = [];
    private int _next = -1;

    public bool IsEmpty => _members.Length == 0;

    /// <summary>Adds or replaces a member. Under the tree's lock.</summary>
    public void Set(Subscription member) => _members = [.. _members.Where(m => m.Session != member.Session), member];

    /// <summary>Takes a member out. Under the tree's lock.</summary>
    public void Remove(Session session) => _members = [.. _members.Where(m => m.Session != session)];

    /// <summary>The next member in turn, a connected one with room if there is one.</summary>
    public Subscription? Next()
    {
        Subscription[] members = _members;
        int start = Interlocked.Increment(ref _next) & int.MaxValue;
        for (int i = 0; i < members.Length; i++)
        {
            Subscription member = members[(int)(((long)start + i) % members.Length)];
            if (member.Session.TakesNow)
            {
                return member;
            }
        }
        return members.Length > 0 ? members[start % members.Length] : null;
    }
}

/// <summary>Who receives the messages of one topic, as of one version of the subscriptions.</summary>
/// <param name="Version">The tree's version.</param>
/// <param name="Direct">One entry for each session, however many of its subscriptions match.</param>
/// <param name="Shared">The share groups.</param>
internal sealed record Audience(long Version, Audience.Member[] Direct, ShareGroup[] Shared)
{
    public static Audience Nobody { get; } = new(-1, [], []);

    /// <summary>A session, and what its matching subscriptions ask for together.</summary>
    internal sealed record Member(Session Session, byte Qos, bool NoLocal, bool RetainAsPublished, uint[] Ids);
}
