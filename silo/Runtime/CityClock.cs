namespace CityTwin.Silo;

/// <summary>How the city's time passes.</summary>
public enum ClockMode
{
    /// <summary>As the machine's clock does.</summary>
    Wall,

    /// <summary>So many times as fast, from a chosen moment.</summary>
    Accelerated,

    /// <summary>Only when told to.</summary>
    Driven,
}

/// <summary>The city's clock. Never goes back; safe to read from any thread.</summary>
public sealed class CityClock
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _realStart;
    private readonly DateTimeOffset _cityStart;
    private long _drivenTicks;
    private long _aheadTicks;

    private CityClock(ClockMode mode, TimeProvider time, DateTimeOffset cityStart, double speed)
    {
        Mode = mode;
        Speed = speed;
        _time = time;
        _realStart = time.GetUtcNow();
        _cityStart = cityStart.ToUniversalTime();
        _drivenTicks = _cityStart.UtcTicks;
    }

    /// <summary>How time passes.</summary>
    public ClockMode Mode { get; }

    /// <summary>City seconds per real second: 1 for the wall clock, 0 for a driven one.</summary>
    public double Speed { get; }

    /// <summary>The city's time, UTC, in whole milliseconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = Mode switch
            {
                ClockMode.Wall => _time.GetUtcNow(),
                ClockMode.Accelerated => _cityStart.AddTicks(Volatile.Read(ref _aheadTicks)) + ((_time.GetUtcNow() - _realStart) * Speed),
                _ => new DateTimeOffset(Volatile.Read(ref _drivenTicks), TimeSpan.Zero),
            };
            return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    /// <summary>A clock that follows the machine's.</summary>
    public static CityClock Wall(TimeProvider? time = null) => new(ClockMode.Wall, time ?? TimeProvider.System, default, 1);

    /// <summary>A clock that starts at a moment and runs <paramref name="speed"/> times as fast as the machine's, 0.001 to 100,000.</summary>
    public static CityClock Accelerated(DateTimeOffset start, double speed, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 0.001);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 100_000);
        return new(ClockMode.Accelerated, time ?? TimeProvider.System, start, speed);
    }

    /// <summary>A clock that stands at a moment until it is moved.</summary>
    public static CityClock Driven(DateTimeOffset start) => new(ClockMode.Driven, TimeProvider.System, start, 0);

    /// <summary>How long to wait, in real time, until the city's clock shows a moment; null for a driven clock.</summary>
    public TimeSpan? RealTimeUntil(DateTimeOffset at) => Mode == ClockMode.Driven ? null : (at - Now) / Speed;

    /// <summary>Moves a driven or accelerated clock forward; earlier moments than the present one change nothing. The runtime alone calls this.</summary>
    /// <remarks>So an accelerated city goes on after a restart at the moment where its journal ends. The wall clock cannot be moved.</remarks>
    internal void MoveTo(DateTimeOffset at)
    {
        if (Mode == ClockMode.Driven && at.UtcTicks > _drivenTicks)
        {
            Volatile.Write(ref _drivenTicks, at.UtcTicks);
        }
        else if (Mode == ClockMode.Accelerated && at > Now)
        {
            Volatile.Write(ref _aheadTicks, _aheadTicks + (at - Now).Ticks);
        }
    }
}
