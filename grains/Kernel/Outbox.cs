namespace CityTwin.Grains;

/// <summary>A message to another twin: a command that follows from an event.</summary>
/// <param name="Target">Who receives it.</param>
/// <param name="Command">What it is asked to do. A refusal of a message is counted and changes nothing.</param>
public readonly record struct Message(TwinId Target, TwinCommand Command);

/// <summary>Collects the messages of one turn. Reused between turns by its one owner; not thread-safe.</summary>
public sealed class Outbox
{
    private readonly List<Message> _messages = [];

    /// <summary>The messages so far, in the order in which they were sent.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>How many messages there are.</summary>
    public int Count => _messages.Count;

    /// <summary>The message at a place.</summary>
    public Message this[int index] => _messages[index];

    /// <summary>Adds a message.</summary>
    public void Send(TwinId target, TwinCommand command) => _messages.Add(new Message(target, command));

    /// <summary>Forgets all messages.</summary>
    public void Clear() => _messages.Clear();
}
