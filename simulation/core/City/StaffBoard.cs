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
        EndsAt = new long[count];
        Left = new long[count];
        Spends = new long[count];
        Present = new bool[count];
        OpenUntil = new long[model.Offices.Length];
        Stretch = new int[model.Offices.Length];
        OfOffice = new int[model.Offices.Length][];
        ILookup<int, int> byOffice = Enumerable.Range(0, count).ToLookup(o => model.Officers[o].Office);
        for (int office = 0; office < OfOffice.Length; office++)
        {
            OfOffice[office] = [.. byOffice[office]];
        }
    }

    public int[] Office { get; }

    public int[] FirstDesk { get; }

    /// <summary>The case in hand; −1: none.</summary>
    public int[] InHand { get; }

    /// <summary>When the work in hand ends; an event at any other time is out of date.</summary>
    public long[] EndsAt { get; }

    /// <summary>Work that will be left then.</summary>
    public long[] Left { get; }

    /// <summary>Working ticks that the piece in hand takes.</summary>
    public long[] Spends { get; }

    /// <summary>Whether there today.</summary>
    public bool[] Present { get; }

    /// <summary>When an office closes; 0 while it is shut.</summary>
    public long[] OpenUntil { get; }

    /// <summary>The stretch in which an office is open, or was last.</summary>
    public int[] Stretch { get; }

    public int[][] OfOffice { get; }
}
