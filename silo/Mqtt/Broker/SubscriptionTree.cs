namespace CityTwin.Silo.Mqtt;

/// <summary>All subscriptions by the levels of their filters.</summary>
/// <remarks>Thread-safe. <see cref="Version"/> rises with each change, so that what a topic's audience was can be remembered.</remarks>
internal sealed class SubscriptionTree
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();
    private long _version;

    public long Version => Volatile.Read(ref _version);

    /// <summary>Filters that anybody subscribes to; it is counted at each call.</summary>
    public int FilterCount
    {
        get
        {
            lock (_gate)
            {
                return _root.FilterCount;
            }
        }
    }

    /// <summary>Adds a subscription, or replaces the session's one of the same filter and group.</summary>
    public void Set(Subscription subscription)
    {
        lock (_gate)
        {
            Node node = _root;
            foreach (string level in subscription.Filter.Split('/'))
            {
                node = node.ChildOrNew(level);
            }
            if (subscription.Group is { } group)
            {
                node.Groups ??= [];
                if (!node.Groups.TryGetValue(group, out ShareGroup? members))
                {
                    node.Groups.Add(group, members = new ShareGroup());
                }
                members.Set(subscription);
            }
            else
            {
                (node.Own ??= [])[subscription.Session] = subscription;
            }
            _version++;
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            Remove(_root, subscription.Filter.Split('/'), subscription);
            _version++;
        }
    }

    /// <summary>Who receives a topic.</summary>
    public Audience AudienceOf(string topic)
    {
        lock (_gate)
        {
            List<Subscription> direct = [];
            List<ShareGroup> shared = [];
            string[] levels = topic.Split('/');
            if (topic.StartsWith('$'))
            {
                if (_root.Children?.GetValueOrDefault(levels[0]) is { } child)
                {
                    Collect(child, levels, 1, direct, shared);
                }
            }
            else
            {
                Collect(_root, levels, 0, direct, shared);
            }
            Audience.Member[] members = [.. direct.GroupBy(s => s.Session).Select(g => new Audience.Member(
                g.Key, g.Max(s => s.Qos), g.All(s => s.NoLocal), g.Any(s => s.RetainAsPublished), [.. g.Where(s => s.Id != 0).Select(s => s.Id)]))];
            return new Audience(_version, members, [.. shared]);
        }
    }

    private static void Collect(Node node, string[] levels, int at, List<Subscription> direct, List<ShareGroup> shared)
    {
        if (node.Children?.GetValueOrDefault("#") is { } rest)
        {
            Add(rest, direct, shared);
        }
        if (at == levels.Length)
        {
            Add(node, direct, shared);
            return;
        }
        if (node.Children?.GetValueOrDefault("+") is { } any)
        {
            Collect(any, levels, at + 1, direct, shared);
        }
        if (node.Children?.GetValueOrDefault(levels[at]) is { } child)
        {
            Collect(child, levels, at + 1, direct, shared);
        }
    }

    private static void Add(Node node, List<Subscription> direct, List<ShareGroup> shared)
    {
        if (node.Own is not null)
        {
            direct.AddRange(node.Own.Values);
        }
        if (node.Groups is not null)
        {
            shared.AddRange(node.Groups.Values);
        }
    }

    private static void Remove(Node node, ReadOnlySpan<string> levels, Subscription subscription)
    {
        if (levels.IsEmpty)
        {
            if (subscription.Group is not { } group)
            {
                node.Own?.Remove(subscription.Session);
            }
            else if (node.Groups?.GetValueOrDefault(group) is { } members)
            {
                members.Remove(subscription.Session);
                if (members.IsEmpty)
                {
                    node.Groups.Remove(group);
                }
            }
            return;
        }
        if (node.Children?.GetValueOrDefault(levels[0]) is { } child)
        {
            Remove(child, levels[1..], subscription);
            if (child.IsEmpty)
            {
                node.Children.Remove(levels[0]);
            }
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; private set; }

        public Dictionary<Session, Subscription>? Own { get; set; }

        public Dictionary<string, ShareGroup>? Groups { get; set; }

        public bool IsEmpty => Children is not { Count: > 0 } && Own is not { Count: > 0 } && Groups is not { Count: > 0 };

        public int FilterCount =>
            (Own is { Count: > 0 } || Groups is { Count: > 0 } ? 1 : 0) + (Children is null ? 0 : Children.Values.Sum(c => c.FilterCount));

        public Node ChildOrNew(string level)
        {
            Children ??= new(StringComparer.Ordinal);
            if (!Children.TryGetValue(level, out Node? child))
            {
                Children.Add(level, child = new Node());
            }
            return child;
        }
    }
}
