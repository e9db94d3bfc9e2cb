namespace CityTwin.Simulation.City;

/// <summary>The officers of a run, by place.</summary>
internal sealed class StaffBoard
{
    public StaffBoard(CityModel model)
    {
        int count = model.Officers.Length;
        Office = [.. model.Officers.Select(o => o.Office)];
        FirstDesk = [.. model.Officers.Select(o => o.Desks[0])];
        InHand = new int[count];
        Array.Fill(InHand, -1);
        Held = new List<int>?[count];
        StartedAt = new long[count];
        EndsAt = new long[count];
        Left = new long[count];
        Over = new long[count];
        Spends = new long[count];
        Present = new bool[count];
        OpenUntil = new long[model.Offices.Length];
        Piece = new int[model.Offices.Length];
        OfOffice = new int[model.Offices.Length][];
        ILookup<int, int> byOffice = Enumerable.Range(0, count).ToLookup(o => model.Officers[o].Office);
        for (int office = 0; office < OfOffice.Length; office++)
        {
            OfOffice[office] = [.. byOffice[office]];
        }
    }

    public int[] Office { get; }

    public int[] FirstDesk { get; }

    /// <summary>The case that is worked on; −1: none.</summary>
    public int[] InHand { get; }

    /// <summary>Cases taken and not begun, or laid aside, in the order in which they are worked on; null: none yet.</summary>
    public List<int>?[] Held { get; }

    /// <summary>When the work in hand began.</summary>
    public long[] StartedAt { get; }

    /// <summary>When the work in hand ends; an event at any other time is out of date.</summary>
    public long[] EndsAt { get; }

    /// <summary>Work that will be left then.</summary>
    public long[] Left { get; }

    /// <summary>How much of it is after hours.</summary>
    public long[] Over { get; }

    /// <summary>Working ticks that the piece in hand takes.</summary>
    public long[] Spends { get; }

    /// <summary>Whether there now.</summary>
    public bool[] Present { get; }

    /// <summary>When an office's present piece of hours ends; 0 while it is shut.</summary>
    public long[] OpenUntil { get; }

    /// <summary>The piece of hours in which an office is, or was last.</summary>
    public int[] Piece { get; }

    public int[][] OfOffice { get; }

    /// <summary>Whether an officer has cases laid by.</summary>
    public bool HoldsMore(int officer) => Held[officer] is { Count: > 0 };
}
