namespace CityTwin.Silo.Queries;

/// <summary>Places by step, the steps in order. Not thread-safe.</summary>
internal sealed class OrderedPlaces
{
    private readonly PlaceLists _lists = new();
    private readonly List<long> _steps = [];

    /// <summary>Adds a place.</summary>
    public void Add(long step, int place)
    {
        if (_lists.Add(step, place))
        {
            _steps.Insert(~_steps.BinarySearch(step), step);
        }
    }

    /// <summary>Removes a place.</summary>
    public void Remove(long step, int place)
    {
        if (_lists.Remove(step, place))
        {
            _steps.RemoveAt(_steps.BinarySearch(step));
        }
    }

    /// <summary>How many places are of steps between two, both included.</summary>
    public long Count(long low, long high)
    {
        long count = 0;
        for (int i = IndexOf(low); i < _steps.Count && _steps[i] <= high; i++)
        {
            count += _lists.Of(_steps[i]).Length;
        }
        return count;
    }

    /// <summary>Adds those places.</summary>
    public void AddBetween(long low, long high, List<int> places)
    {
        for (int i = IndexOf(low); i < _steps.Count && _steps[i] <= high; i++)
        {
            places.AddRange(_lists.Of(_steps[i]));
        }
    }

    /// <summary>Begins at a step, or at the first one of the order.</summary>
    public Cursor From(long? step, bool descending)
    {
        int index = step is not { } s ? (descending ? _steps.Count - 1 : 0)
            : descending ? IndexOf(s + 1) - 1
            : IndexOf(s);
        return new Cursor(this, index, descending ? -1 : 1);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _lists.Clear();
        _steps.Clear();
    }

    private int IndexOf(long step) => _steps.BinarySearch(step) is >= 0 and var found ? found : ~_steps.BinarySearch(step);

    /// <summary>Goes from step to step.</summary>
    internal struct Cursor(OrderedPlaces of, int index, int by)
    {
        private int _index = index;

        /// <summary>The step that it stands at; null past the last.</summary>
        public readonly long? Step => of is not null && _index >= 0 && _index < of._steps.Count ? of._steps[_index] : null;

        /// <summary>Adds the places of the step, and goes on.</summary>
        public void Take(List<int> places)
        {
            places.AddRange(of._lists.Of(of._steps[_index]));
            _index += by;
        }
    }
}
