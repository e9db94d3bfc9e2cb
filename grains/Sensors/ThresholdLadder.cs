namespace CityTwin.Grains;

/// <summary>Follows a number over rising thresholds, with hysteresis and minimum durations. Not thread-safe.</summary>
public sealed class ThresholdLadder
{
    private const int LevelsMax = 8;

    // When the number began to be at or above (below, for levels in force) each level, ms; 0 when it is not.
    private readonly long[] _since = new long[LevelsMax];

    /// <summary>The level in force, 0 for none.</summary>
    public int Level { get; private set; }

    /// <summary>Starts over at a level.</summary>
    public void Reset(int level)
    {
        Level = level;
        Array.Clear(_since);
    }

    /// <summary>Takes the number at a moment, later than the one before; returns the level now in force.</summary>
    public int Move(SensorRules rules, long atMs, double number)
    {
        int count = Math.Min(rules.Levels.Length, LevelsMax);
        int level = Level;
        for (int i = Level; i < count; i++)
        {
            if (HasLasted(i, number >= rules.Levels[i], atMs, rules.RaiseAfter))
            {
                level = i + 1;
            }
        }
        for (int i = Math.Min(Level, count) - 1; i >= 0 && level <= Level; i--)
        {
            if (HasLasted(i, number < rules.Levels[i] - rules.Hysteresis, atMs, rules.ClearAfter))
            {
                level = Math.Min(level, i);
            }
        }
        for (int i = Math.Min(level, Level); i < Math.Max(level, Level); i++)
        {
            _since[i] = 0;
        }
        return Level = level;
    }

    internal void Save(in CompactWriter writer)
    {
        writer.Whole(Level);
        foreach (long since in _since)
        {
            writer.Whole(since);
        }
    }

    internal void Load(ref CompactReader reader)
    {
        Level = (int)reader.Whole();
        for (int i = 0; i < _since.Length; i++)
        {
            _since[i] = reader.Whole();
        }
    }

    private bool HasLasted(int i, bool holds, long atMs, TimeSpan atLeast)
    {
        if (!holds)
        {
            _since[i] = 0;
            return false;
        }
        _since[i] = _since[i] == 0 ? atMs : _since[i];
        return atMs - _since[i] >= (long)atLeast.TotalMilliseconds;
    }
}
