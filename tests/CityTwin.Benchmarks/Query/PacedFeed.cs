using System.Diagnostics;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;

namespace CityTwin.Benchmarks.Query;

/// <summary>Feeds a view so many events a second, on a thread of its own, a flush every millisecond.</summary>
internal sealed class PacedFeed : IDisposable
{
    private readonly Thread _thread;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private volatile bool _stop;
    private int _fed;
    private TimeSpan _behind;

    /// <summary>Starts feeding after a position.</summary>
    public PacedFeed(QueryView view, long after, int perSecond, Func<long, long, RecordedEvent> make)
    {
        _thread = new Thread(() =>
        {
            while (!_stop)
            {
                int due = (int)(_watch.Elapsed.TotalSeconds * perSecond);
                while (_fed < due)
                {
                    _fed++;
                    view.Apply(make(_fed * 7919L, after + _fed));
                    TimeSpan late = _watch.Elapsed - TimeSpan.FromSeconds((double)_fed / perSecond);
                    _behind = late > _behind ? late : _behind;
                }
                view.Flush(after + _fed, default);
                Thread.Yield();
                _stop |= SpinUntilNext();
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How long it has fed.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Stops; how many were fed, and how late the latest of them was.</summary>
    public (int Fed, TimeSpan Behind) Stop()
    {
        Dispose();
        _watch.Stop();
        return (_fed, _behind);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private bool SpinUntilNext()
    {
        using var wake = new ManualResetEventSlim();
        wake.Wait(TimeSpan.FromMilliseconds(1));
        return _stop;
    }
}
