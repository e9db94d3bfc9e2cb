namespace CityTwin.Silo.Mqtt;

/// <summary>The last retained message of each topic (MQTT 5, section 3.3.1.3).</summary>
/// <remarks>Thread-safe. Bounded: past <paramref name="max"/> a new topic is not retained.</remarks>
internal sealed class RetainedMessages(int max)
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();

    /// <summary>How many topics have one.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a message for its topic; an empty payload forgets the topic's.</summary>
    /// <returns>False when there is no room for another topic.</returns>
    public bool Set(Message message)
    {
        string[] levels = message.TopicText.Split('/');
        lock (_gate)
        {
            if (message.Payload.Length == 0)
            {
                Forget(_root, levels);
                return true;
            }
            if (Count >= max && Find(levels)?.Message is null)
            {
                return false;
            }
            Node node = _root;
            foreach (string level in levels)
            {
                node = node.ChildOrNew(level);
            }
            Count += node.Message is null ? 1 : 0;
            node.Message = message;
            return true;
        }
    }

    /// <summary>The messages whose topics match, but for expired ones, which are forgotten.</summary>
    public List<Message> Matching(string filter, long nowMs)
    {
        List<Message> found = [];
        lock (_gate)
        {
            Collect(_root, filter.Split('/'), 0, found);
            foreach (Message expired in found.Where(m => m.IsExpired(nowMs)))
            {
                Forget(_root, expired.TopicText.Split('/'));
            }
        }
        found.RemoveAll(m => m.IsExpired(nowMs));
        return found;
    }

    private static void Collect(Node node, string[] levels, int at, List<Message> found)
    {
        if (at == levels.Length)
        {
            if (node.Message is not null)
            {
                found.Add(node.Message);
            }
            return;
        }
        string level = levels[at];
        if (level == "#")
        {
            CollectAll(node, found, isTop: at == 0);
            return;
        }
        foreach ((string name, Node child) in node.Children)
        {
            if (level == name || (level == "+" && !(at == 0 && name.StartsWith('$'))))
            {
                Collect(child, levels, at + 1, found);
            }
        }
    }

    private static void CollectAll(Node node, List<Message> found, bool isTop)
    {
        if (node.Message is not null)
        {
            found.Add(node.Message);
        }
        foreach ((string name, Node child) in node.Children)
        {
            if (!(isTop && name.StartsWith('$')))
            {
                CollectAll(child, found, isTop: false);
            }
        }
    }

    private Node? Find(ReadOnlySpan<string> levels)
    {
        Node? node = _root;
        foreach (string level in levels)
        {
            node = node.Children.GetValueOrDefault(level);
            if (node is null)
            {
                return null;
            }
        }
        return node;
    }

    private void Forget(Node node, ReadOnlySpan<string> levels)
    {
        if (levels.IsEmpty)
        {
            Count -= node.Message is null ? 0 : 1;
            node.Message = null;
        }
        else if (node.Children.GetValueOrDefault(levels[0]) is { } child)
        {
            Forget(child, levels[1..]);
            if (child.Message is null && child.Children.Count == 0)
            {
                node.Children.Remove(levels[0]);
            }
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Message? Message { get; set; }

        public Node ChildOrNew(string level)
        {
            if (!Children.TryGetValue(level, out Node? child))
            {
                Children.Add(level, child = new Node());
            }
            return child;
        }
    }
}
