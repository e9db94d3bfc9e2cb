using System.Runtime.InteropServices;

namespace CityTwin.Silo.Queries;

/// <summary>Groups of rows and what is computed of each.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class GroupTable<TRow>
{
    private readonly Dictionary<QueryValue[], Tally[]> _groups = new(new KeyComparer());
    private readonly (AttributeReader<TRow> Read, QueryGroup Group)[] _by;
    private readonly (AttributeReader<TRow>? Read, QueryAggregate Of)[] _of;
    private readonly QueryValue[] _key;
    private readonly int _groupsMax;

    /// <summary>None yet; without groups, one of all rows.</summary>
    public GroupTable(CityQuery query, int groupsMax)
    {
        _groupsMax = groupsMax;
        _by = [.. query.Groups.Select(g => (((QueryAttribute<TRow>)g.Attribute).Read, g))];
        _of = [.. query.Aggregates.Select(a => (((QueryAttribute<TRow>?)a.Attribute)?.Read, a))];
        _key = new QueryValue[_by.Length];
        if (_by.Length == 0)
        {
            _groups.Add([], Fresh());
        }
    }

    /// <summary>Takes in a row.</summary>
    /// <exception cref="QueryTooCostlyException">Too many groups.</exception>
    public void Add(in TRow row, QueryContext context)
    {
        for (int i = 0; i < _by.Length; i++)
        {
            _key[i] = _by[i].Group.Of(_by[i].Read(row, context), context.Moment.Calendar);
        }
        if (!_groups.TryGetValue(_key, out Tally[]? tallies))
        {
            if (_groups.Count == _groupsMax)
            {
                throw new QueryTooCostlyException("groups", _groupsMax + 1L, _groupsMax);
            }
            tallies = Fresh();
            _groups.Add([.. _key], tallies);
        }
        for (int i = 0; i < tallies.Length; i++)
        {
            tallies[i].Add(_of[i].Read is { } read ? read(row, context) : default);
        }
    }

    /// <summary>The groups as rows, in an order; ties and no order by the group's own values.</summary>
    public List<QueryValue[]> Rows(IReadOnlyList<QueryOrder> order)
    {
        List<QueryValue[]> rows = [.. _groups.Select(g => (QueryValue[])[.. g.Key, .. g.Value.Select(t => t.Result)])];
        rows.Sort((a, b) =>
        {
            foreach (QueryOrder o in order)
            {
                int by = a[o.Column].CompareTo(b[o.Column]);
                if (by != 0)
                {
                    return o.Descending && !a[o.Column].IsNone && !b[o.Column].IsNone ? -by : by;
                }
            }
            for (int i = 0; i < _by.Length; i++)
            {
                if (a[i].CompareTo(b[i]) is var by && by != 0)
                {
                    return by;
                }
            }
            return 0;
        });
        return rows;
    }

    private Tally[] Fresh() => [.. _of.Select(o => new Tally(o.Of))];

    /// <summary>One computed number of one group.</summary>
    private sealed class Tally(QueryAggregate of)
    {
        private readonly List<double>? _values = of.Kind == AggregateKind.Quantile ? [] : null;
        private long _count;
        private double _sum;
        private QueryValue _best;

        /// <summary>The result; no value where there is nothing to compute it of.</summary>
        public QueryValue Result => of.Kind switch
        {
            AggregateKind.Count => QueryValue.Of((double)_count),
            AggregateKind.Sum => QueryValue.Of(_sum),
            AggregateKind.Mean => _count == 0 ? default : QueryValue.Of(_sum / _count),
            AggregateKind.Quantile => _count == 0 ? default : QueryValue.Of(Quantile()),
            _ => _best,
        };

        public void Add(QueryValue value)
        {
            if (of.Kind == AggregateKind.Count)
            {
                _count++;
                return;
            }
            if (value.IsNone)
            {
                return;
            }
            _count++;
            double number = value.Type == QueryType.Flag ? (value.AsFlag ? 1 : 0) : value.AsNumber;
            _sum += number;
            _values?.Add(number);
            bool isBetter = _best.IsNone || (of.Kind == AggregateKind.Min ? value < _best : value > _best);
            _best = isBetter ? value : _best;
        }

        private double Quantile()
        {
            Span<double> values = CollectionsMarshal.AsSpan(_values);
            values.Sort();
            double at = of.Share * (values.Length - 1);
            int below = (int)at;
            double part = at - below;
            return part == 0 ? values[below] : values[below] + (part * (values[below + 1] - values[below]));
        }
    }

    private sealed class KeyComparer : IEqualityComparer<QueryValue[]>
    {
        public bool Equals(QueryValue[]? x, QueryValue[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(QueryValue[] key)
        {
            var hash = new HashCode();
            foreach (QueryValue value in key)
            {
                hash.Add(value);
            }
            return hash.ToHashCode();
        }
    }
}
