using System.Buffers;
using CityTwin.Grains;
using CityTwin.Ml.Duplicates;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Feedback;

/// <summary>What is known of reports: which may be told again by others, which wait for a person to say what they are, which came last.</summary>
/// <remarks>Fed from the journal. Keeps no text: only what likeness needs, from which no text can be read. Readers may be on any thread.</remarks>
internal sealed class ReportView(DuplicateOptions options) : IView
{
    private const int LatestMax = 1_000;
    private const int FollowsMax = 100_000;

    private readonly Lock _gate = new();
    private readonly DuplicateOptions _options = options;
    private readonly HashSet<long> _waiting = [];
    private readonly Queue<long> _latest = new();
    private readonly Dictionary<CommandId, long> _follows = [];
    private readonly Queue<CommandId> _followOrder = new();
    private DuplicateIndex _index = new(options);
    private DateTimeOffset _at;
    private long _position;

    /// <inheritdoc/>
    public string Name => "reports";

    /// <summary>The journal position up to which everything is taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Reports that wait for a person to say what they are.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Open reports that a new one may join.</summary>
    public DuplicateIndex Index => Volatile.Read(ref _index);

    /// <summary>Reports that wait for a category, the newest first.</summary>
    public IReadOnlyList<TwinId> Waiting(int most)
    {
        lock (_gate)
        {
            return [.. _waiting.OrderDescending().Take(most).Select(TwinId.Case)];
        }
    }

    /// <summary>The last reports filed, oldest first, ended ones included.</summary>
    public IReadOnlyList<TwinId> Latest()
    {
        lock (_gate)
        {
            return [.. _latest.Select(TwinId.Case)];
        }
    }

    /// <summary>The case that a report joined under a command; none when it did not.</summary>
    public TwinId FollowedUnder(CommandId command)
    {
        lock (_gate)
        {
            return _follows.TryGetValue(command, out long number) ? TwinId.Case(number) : default;
        }
    }

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case CaseEvent.CaseFiled { Kind: CaseKind.Feedback } e:
                Filed(recorded.Twin, e);
                break;
            case CaseEvent.CaseClassified { Reading.NeedsCategory: true }:
                Change(recorded.Twin, waits: true);
                break;
            case CaseEvent.CategoryAssigned e:
                Change(recorded.Twin, waits: false);
                _index.Recategorise(recorded.Twin.ToString(), e.Category);
                break;
            case CaseEvent.CaseFollowed e:
                Followed(recorded, e);
                break;
            case CaseEvent.CaseResolved or CaseEvent.CaseRejected or CaseEvent.CaseWithdrawn or CaseEvent.CaseClosed:
                Change(recorded.Twin, waits: false);
                _index.Remove(recorded.Twin.ToString());
                break;
            default:
                break;
        }
        _at = recorded.At;
        Volatile.Write(ref _position, recorded.Position);
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        lock (_gate)
        {
            ReportViewForm.Write(output, new(_position, _at, _index.Since(_at), [.. _waiting], [.. _latest], [.. _followOrder.Select(c => (c, _follows[c]))]));
        }
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        lock (_gate)
        {
            _waiting.Clear();
            _latest.Clear();
            _follows.Clear();
            _followOrder.Clear();
            var index = new DuplicateIndex(_options);
            ReportViewForm.Content? content = ReportViewForm.Read(saved);
            foreach (Report report in content?.Reports ?? [])
            {
                index.Add(report);
            }
            Volatile.Write(ref _index, index);
            if (content is null)
            {
                return false;
            }
            _at = content.At;
            Volatile.Write(ref _position, content.Position);
            _waiting.UnionWith(content.Waiting);
            Array.ForEach(content.Latest, _latest.Enqueue);
            Array.ForEach(content.Follows, f => Remember(f.Command, f.Case));
            return true;
        }
    }

    private void Filed(TwinId twin, CaseEvent.CaseFiled e)
    {
        lock (_gate)
        {
            _latest.Enqueue(twin.Number);
            if (_latest.Count > LatestMax)
            {
                _latest.Dequeue();
            }
        }
        if (e is { Place: { } place, Description: { } text })
        {
            _index.Add(new Report(twin.ToString(), e.Service, e.At, place.Latitude, place.Longitude, TextSignature.Of(text)));
        }
    }

    private void Followed(in RecordedEvent recorded, CaseEvent.CaseFollowed e)
    {
        if (e.Place is { } place)
        {
            _index.Add(new Report(recorded.Twin.ToString(), "", e.At, place.Latitude, place.Longitude, TextSignature.Of(e.Description)));
        }
        lock (_gate)
        {
            if (!recorded.Command.IsNone)
            {
                Remember(recorded.Command, recorded.Twin.Number);
            }
        }
    }

    private void Change(TwinId twin, bool waits)
    {
        lock (_gate)
        {
            _ = waits ? _waiting.Add(twin.Number) : _waiting.Remove(twin.Number);
        }
    }

    private void Remember(CommandId command, long number)
    {
        if (_follows.TryAdd(command, number))
        {
            _followOrder.Enqueue(command);
        }
        if (_followOrder.Count > FollowsMax)
        {
            _follows.Remove(_followOrder.Dequeue());
        }
    }
}
