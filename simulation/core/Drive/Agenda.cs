namespace CityTwin.Simulation.Drive;

/// <summary>What happens next in the play.</summary>
internal enum HappeningKind : byte
{
    Answer,
    Withdraw,
    Decide,
    Return,
    Rate,
    CloseByHand,
    Reopen,
    Handled,
    Prepared,
    OfficesOpen,
    Poll,
}

/// <summary>Something that a citizen or an official does at a moment.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">The case's slot, or the official's place.</param>
/// <param name="Place">The official's place, or the desk's where a case is prepared for one; else -1.</param>
/// <param name="Serial">The slot's serial number: a slot that was given to another case meanwhile has another one.</param>
internal readonly record struct Happening(HappeningKind Kind, int Subject, int Place, int Serial);

/// <summary>Happenings by time; those of one moment in the order in which they were put down.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Happening, Place> _queue = new();
    private long _sequence;

    /// <summary>When the first one is, UTC ticks; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextAt => _queue.TryPeek(out _, out Place place) ? place.At : long.MaxValue;

    /// <summary>Puts one down.</summary>
    public void Put(long atTicks, Happening happening) => _queue.Enqueue(happening, new Place(atTicks, _sequence++));

    /// <summary>Takes the first one if it is due.</summary>
    public bool TryTake(long nowTicks, out Happening happening, out long atTicks)
    {
        if (_queue.TryPeek(out happening, out Place place) && place.At <= nowTicks)
        {
            _queue.Dequeue();
            atTicks = place.At;
            return true;
        }
        atTicks = 0;
        return false;
    }

    private readonly record struct Place(long At, long Sequence) : IComparable<Place>
    {
        public int CompareTo(Place other) => At != other.At ? At.CompareTo(other.At) : Sequence.CompareTo(other.Sequence);
    }
}
