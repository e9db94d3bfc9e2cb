using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>The desks of a run, by place: queues and loads.</summary>
internal sealed class DeskBoard(CityModel model)
{
    private readonly EventHeap[] _queues = [.. model.Desks.Select(_ => new EventHeap(4))];

    /// <summary>The office of each desk.</summary>
    public int[] Office { get; } = [.. model.Desks.Select(d => d.Office)];

    /// <summary>Expected handling of the cases waiting or in hand, minutes.</summary>
    public double[] Effort { get; } = new double[model.Desks.Length];

    /// <summary>Cases waiting, in hand or on their way there.</summary>
    public int[] Open { get; } = new int[model.Desks.Length];

    /// <summary>Officers who serve the desk, have nothing in hand and are there today.</summary>
    public int[] Idle { get; } = new int[model.Desks.Length];

    /// <summary>The queue of a desk. Keys: see <see cref="KeyOf"/>; equal keys by the case's ordinal.</summary>
    public EventHeap QueueOf(int desk) => _queues[desk];

    /// <summary>A case comes to a desk.</summary>
    public void Load(int desk, double effort)
    {
        Open[desk]++;
        Effort[desk] += effort;
    }

    /// <summary>A case leaves a desk. As the live office keeps it: with the last one, what sums of fractions left over goes too.</summary>
    public void Unload(int desk, double effort)
    {
        Effort[desk] = --Open[desk] == 0 ? 0 : Math.Max(0, Effort[desk] - effort);
    }

    /// <summary>Forgets all loads.</summary>
    public void Clear()
    {
        Array.Clear(Effort);
        Array.Clear(Open);
    }

    /// <summary>The live desk's order as a key of the queue's heap; equal keys leave by the case's ordinal.</summary>
    /// <remarks>The heap compares signed numbers: turning the highest bit keeps the order.</remarks>
    public static long KeyOf(byte urgency, Discipline discipline, long dueAt, long joinedAt) =>
        unchecked((long)(QueueOrder.Key((Urgency)urgency, discipline == Discipline.Fifo ? joinedAt : dueAt) ^ (1UL << 63)));
}
