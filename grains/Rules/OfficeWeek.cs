using System.Collections.Immutable;
using System.Globalization;

namespace CityTwin.Grains;

/// <summary>One stretch of office hours of a day, local time, half-open: open at <paramref name="Opens"/>, shut at <paramref name="Closes"/>.</summary>
/// <param name="Opens">The first moment at which offices are open.</param>
/// <param name="Closes">The first moment at which they are shut again; later than <paramref name="Opens"/>.</param>
public readonly record struct OfficeHours(TimeOnly Opens, TimeOnly Closes)
{
    /// <summary>How long it lasts.</summary>
    public TimeSpan Duration => Closes.ToTimeSpan() - Opens.ToTimeSpan();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Opens:HH\\:mm}-{Closes:HH\\:mm}");
}

/// <summary>The regular office hours of each weekday.</summary>
/// <remarks>Immutable; equal when every weekday's hours are equal.</remarks>
public sealed class OfficeWeek : IEquatable<OfficeWeek>
{
    private readonly ImmutableArray<ImmutableArray<OfficeHours>> _mondayFirst;

    /// <summary>A week from the hours of its days.</summary>
    /// <param name="mondayFirst">Seven lists, Monday's first, each in ascending order without overlap, 0 to 8 stretches; empty: shut.</param>
    /// <exception cref="ArgumentException">Not seven lists, a stretch that is empty or out of order, or a week without any hours.</exception>
    public OfficeWeek(ImmutableArray<ImmutableArray<OfficeHours>> mondayFirst)
    {
        if (mondayFirst.IsDefault || mondayFirst.Length != 7)
        {
            throw new ArgumentException("A week has seven days.", nameof(mondayFirst));
        }
        if (mondayFirst.Any(d => !IsDay(d)))
        {
            throw new ArgumentException("A day's stretches must be in ascending order, not overlap, and close after they open.", nameof(mondayFirst));
        }
        if (mondayFirst.All(d => d.IsEmpty))
        {
            throw new ArgumentException("A week needs office hours on one day at least.", nameof(mondayFirst));
        }
        _mondayFirst = mondayFirst;
    }

    /// <summary>07:30–11:30 and 13:30–17:00 from Monday to Friday: the usual hours, unverified for any one office.</summary>
    public static OfficeWeek Usual { get; } = MondayToFriday(
        new OfficeHours(new TimeOnly(7, 30), new TimeOnly(11, 30)), new OfficeHours(new TimeOnly(13, 30), new TimeOnly(17, 0)));

    /// <summary>The hours of a working day that has none of its own, as a Saturday worked in a swap: Monday's, or else the first open weekday's.</summary>
    public ImmutableArray<OfficeHours> StandardDay => _mondayFirst.First(d => !d.IsEmpty);

    /// <summary>The hours of a weekday; empty where offices are shut.</summary>
    public ImmutableArray<OfficeHours> this[DayOfWeek day] => _mondayFirst[((int)day + 6) % 7];

    /// <summary>A week with the same hours from Monday to Friday.</summary>
    public static OfficeWeek MondayToFriday(params ReadOnlySpan<OfficeHours> hours)
    {
        ImmutableArray<OfficeHours> day = [.. hours];
        return new OfficeWeek([day, day, day, day, day, [], []]);
    }

    /// <summary>Whether stretches are in ascending order, do not overlap, and each closes after it opens. Touching stretches are allowed.</summary>
    public static bool IsDay(ImmutableArray<OfficeHours> hours)
    {
        if (hours.IsDefault || hours.Length > 8)
        {
            return false;
        }
        TimeOnly open = TimeOnly.MinValue;
        foreach (OfficeHours stretch in hours)
        {
            if (stretch.Opens < open || stretch.Closes <= stretch.Opens)
            {
                return false;
            }
            open = stretch.Closes;
        }
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(OfficeWeek? other) =>
        other is not null && _mondayFirst.Zip(other._mondayFirst).All(d => d.First.AsSpan().SequenceEqual(d.Second.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OfficeWeek);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (OfficeHours stretch in _mondayFirst.SelectMany(d => d))
        {
            hash.Add(stretch);
        }
        return hash.ToHashCode();
    }
}
