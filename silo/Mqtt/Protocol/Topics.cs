namespace CityTwin.Silo.Mqtt;

/// <summary>The form of topic names and filters (MQTT 5, section 4.7), and matching one against the other.</summary>
public static class Topics
{
    /// <summary>The most levels that a topic or filter may have; bounds the depth of the subscription tree.</summary>
    public const int LevelsMax = 64;

    private const string SharePrefix = "$share/";

    /// <summary>True for a filter whose levels are words, <c>+</c> or, last, <c>#</c>.</summary>
    public static bool IsFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty || filter.Count('/') >= LevelsMax)
        {
            return false;
        }
        foreach (Range range in filter.Split('/'))
        {
            ReadOnlySpan<char> level = filter[range];
            if (level.Length > 1 && level.ContainsAny('+', '#'))
            {
                return false;
            }
            if (level is "#" && range.End.GetOffset(filter.Length) != filter.Length)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether a topic name is one that a filter asks for; wildcards in front do not take names that start with <c>$</c>.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic.StartsWith('$') && filter is ['+' or '#', ..])
        {
            return false;
        }
        while (true)
        {
            int filterEnd = filter.IndexOf('/');
            int topicEnd = topic.IndexOf('/');
            ReadOnlySpan<char> level = filterEnd < 0 ? filter : filter[..filterEnd];
            if (level is "#")
            {
                return true;
            }
            if (level is not "+" && !level.SequenceEqual(topicEnd < 0 ? topic : topic[..topicEnd]))
            {
                return false;
            }
            if (topicEnd < 0)
            {
                return filterEnd < 0 || filter[(filterEnd + 1)..] is "#";
            }
            if (filterEnd < 0)
            {
                return false;
            }
            filter = filter[(filterEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    /// <summary>Splits <c>$share/{group}/{filter}</c>; a plain filter has no group.</summary>
    /// <returns>False for a filter that starts as a shared one and is none.</returns>
    public static bool TrySplitShared(string filter, out string? group, out string inner)
    {
        group = null;
        inner = filter;
        if (!filter.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            return true;
        }
        int slash = filter.IndexOf('/', SharePrefix.Length);
        if (slash <= SharePrefix.Length)
        {
            return false;
        }
        group = filter[SharePrefix.Length..slash];
        inner = filter[(slash + 1)..];
        return !group.AsSpan().ContainsAny('+', '#');
    }

    /// <summary>True for the topics that are a server's own to publish; what clients send there is acknowledged and goes nowhere.</summary>
    public static bool IsServers(string topic) => topic.StartsWith("$SYS/", StringComparison.Ordinal);

    /// <summary>Refuses a topic name that is empty, too deep or has wildcards.</summary>
    internal static void ExpectName(ReadOnlySpan<byte> topic)
    {
        if (topic.IsEmpty || topic.ContainsAny((byte)'+', (byte)'#') || topic.Count((byte)'/') >= LevelsMax)
        {
            throw new MqttProtocolException(MqttReason.TopicNameInvalid, "an empty topic, too many levels, or a wildcard in a topic name");
        }
    }
}
