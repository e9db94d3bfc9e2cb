namespace CityTwin.Silo.Views;

/// <summary>Keeps the first few rows of an order, whatever the order in which they come: a bounded heap with the last of them on top.</summary>
internal sealed class TopRows(int capacity, CaseOrder order, bool descending)
{
    private readonly (CasePlace Place, CaseRow Row)[] _heap = new (CasePlace, CaseRow)[capacity];
    private int _count;

    /// <summary>The place of a row in the order.</summary>
    public CasePlace PlaceOf(in CaseRow row) => new(
        order switch
        {
            CaseOrder.DueAt => row.DueAt,
            CaseOrder.FiledAt => row.FiledAt,
            _ => row.StageAt,
        },
        row.Number);

    /// <summary>Whether a place comes later in the order asked for.</summary>
    public bool IsAfter(CasePlace place, CasePlace other) => descending ? place < other : place > other;

    /// <summary>Offers a row.</summary>
    public void Offer(CasePlace place, in CaseRow row)
    {
        if (_count < capacity)
        {
            _heap[_count] = (place, row);
            Rise(_count++);
        }
        else if (IsAfter(_heap[0].Place, place))
        {
            _heap[0] = (place, row);
            Sink();
        }
    }

    /// <summary>The rows kept, in order.</summary>
    public (CasePlace Place, CaseRow Row)[] InOrder()
    {
        (CasePlace Place, CaseRow Row)[] rows = _heap[.._count];
        Array.Sort(rows, (a, b) => descending ? b.Place.CompareTo(a.Place) : a.Place.CompareTo(b.Place));
        return rows;
    }

    private void Rise(int i)
    {
        while (i > 0 && IsAfter(_heap[i].Place, _heap[(i - 1) / 2].Place))
        {
            (_heap[i], _heap[(i - 1) / 2]) = (_heap[(i - 1) / 2], _heap[i]);
            i = (i - 1) / 2;
        }
    }

    private void Sink()
    {
        for (int i = 0, child = 1; child < _count; i = child, child = (2 * i) + 1)
        {
            if (child + 1 < _count && IsAfter(_heap[child + 1].Place, _heap[child].Place))
            {
                child++;
            }
            if (!IsAfter(_heap[child].Place, _heap[i].Place))
            {
                return;
            }
            (_heap[i], _heap[child]) = (_heap[child], _heap[i]);
        }
    }
}
