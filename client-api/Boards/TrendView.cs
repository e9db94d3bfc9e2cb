using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Boards;

/// <summary>The board's figures at every full hour: three days by the hour, before that by the day for 400 days.</summary>
/// <remarks>
/// Must be fed before the live view of the same city, so that at the first event of an hour that view still stands as the hour began.
/// An hour that the live view was past already (a journal older than this view) is left out: nothing is made up. Read from any thread.
/// </remarks>
internal sealed class TrendView : IView
{
    private const int Format = 1;
    private const int HoursKept = 72;
    private const int DaysKept = 400;

    private readonly CityView _city;
    private readonly TimeSpan _offset;
    private readonly Lock _gate = new();
    private readonly List<TrendSample> _samples = [];
    private long _hour;

    /// <summary>An empty view beside the live view of a city.</summary>
    /// <param name="city">The live view.</param>
    /// <param name="offset">The city's zone: local time minus UTC.</param>
    public TrendView(CityView city, TimeSpan offset)
    {
        _city = city;
        _offset = offset;
    }

    /// <inheritdoc/>
    public string Name => "trend";

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        long hour = recorded.At.UtcTicks / TimeSpan.TicksPerHour;
        if (hour <= _hour)
        {
            return;
        }
        if (recorded.Position == 1)
        {
            KeepNothing(recorded.At);
        }
        else if (_hour > 0 && _city.Position == recorded.Position - 1)
        {
            Keep(Math.Max(_hour + 1, hour - HoursKept + 1), hour);
        }
        _hour = hour;
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <summary>The samples from a moment on, the oldest first.</summary>
    public IReadOnlyList<TrendSample> Since(DateTimeOffset from)
    {
        lock (_gate)
        {
            return [.. _samples.Where(s => s.At >= from)];
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            writer.Write(Format);
            writer.Write(_hour);
            lock (_gate)
            {
                writer.Write(_samples.Count);
                _samples.ForEach(s => s.Save(writer));
            }
        }
        output.Write(memory.ToArray());
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(saved.ToArray()));
            if (reader.ReadInt32() != Format)
            {
                return false;
            }
            long hour = reader.ReadInt64();
            int count = reader.ReadInt32();
            List<TrendSample> samples = [];
            for (int i = 0; i < count; i++)
            {
                samples.Add(TrendSample.Load(reader));
            }
            lock (_gate)
            {
                _samples.Clear();
                _samples.AddRange(samples);
            }
            _hour = hour;
            return true;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            // Cut short or damaged: the trend begins anew.
            return false;
        }
    }

    // Before its first event a city had no cases: the day of its founding begins with zero.
    private void KeepNothing(DateTimeOffset founded)
    {
        DateTimeOffset local = founded.ToOffset(_offset);
        var midnight = new DateTimeOffset(local.Date, _offset);
        lock (_gate)
        {
            for (DateTimeOffset hour = midnight; hour <= local; hour = hour.AddHours(1))
            {
                _samples.Add(new TrendSample(hour.ToUniversalTime(), default, new Dictionary<TwinId, TrendFigures>()));
            }
        }
    }

    // Nothing happened between the last event and this one, so all the hours between them look the same.
    private void Keep(long first, long last)
    {
        DateTimeOffset now = new(last * TimeSpan.TicksPerHour, TimeSpan.Zero);
        TrendFigures city = TrendFigures.From(_city.Board.City(now).All);
        Dictionary<TwinId, TrendFigures> offices = _city.Board.Offices(now).ToDictionary(o => o.Profile.Id, o => TrendFigures.From(o.Figures));
        lock (_gate)
        {
            for (long hour = first; hour <= last; hour++)
            {
                _samples.Add(new TrendSample(new DateTimeOffset(hour * TimeSpan.TicksPerHour, TimeSpan.Zero), city, offices));
            }
            _samples.RemoveAll(s => s.At < now.AddHours(-HoursKept) && (!IsMidnight(s.At) || s.At < now.AddDays(-DaysKept)));
        }
    }

    private bool IsMidnight(DateTimeOffset at) => at.ToOffset(_offset).TimeOfDay < TimeSpan.FromHours(1);
}
