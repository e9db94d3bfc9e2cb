using CityTwin.ClientApi.Sensors;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Live;

/// <summary>The whole board, told to a watcher once. What the watcher needs of thousands of offices, in few bytes.</summary>
/// <param name="City">The city.</param>
/// <param name="NameVi">Its Vietnamese name.</param>
/// <param name="NameEn">Its English name.</param>
/// <param name="Now">The city's time.</param>
/// <param name="Position">The journal position that the board knows of.</param>
/// <param name="Lag">How many durable events it has not taken in yet.</param>
/// <param name="Figures">The headline figures.</param>
/// <param name="Columns">What the numbers of a row mean, in order; the first is the office's place in <paramref name="Offices"/>.</param>
/// <param name="Offices">Who the offices are; their places stay as long as the server runs, new ones come after them.</param>
/// <param name="Rows">The figures of every office.</param>
/// <param name="Recent">What happened lately, the newest first, at most 50.</param>
/// <param name="Sensors">The sensors at a glance.</param>
internal sealed record BoardStart(
    TwinId City, string NameVi, string NameEn, DateTimeOffset Now, long Position, long Lag, CityFigures Figures, IReadOnlyList<string> Columns,
    IReadOnlyList<OfficeHead> Offices, IReadOnlyList<double?[]> Rows, IReadOnlyList<RecentEvent> Recent, SensorBoard Sensors);

/// <summary>What changed on the board since the update before.</summary>
/// <param name="Now">The city's time.</param>
/// <param name="Position">The journal position that the board knows of.</param>
/// <param name="Lag">How many durable events it has not taken in yet.</param>
/// <param name="Figures">The headline figures.</param>
/// <param name="Offices">Offices that are new, or not what they were; nearly always none.</param>
/// <param name="Rows">The figures of the offices where any changed.</param>
/// <param name="Recent">What happened since, the newest first, at most 50.</param>
/// <param name="Sensors">The sensors at a glance, if anything about them changed.</param>
internal sealed record BoardUpdate(
    DateTimeOffset Now, long Position, long Lag, CityFigures Figures, IReadOnlyList<OfficeHead> Offices, IReadOnlyList<double?[]> Rows,
    IReadOnlyList<RecentEvent> Recent, SensorBoard? Sensors);

/// <summary>Who an office is.</summary>
/// <param name="Place">By which rows name it.</param>
/// <param name="Profile">What is known of it.</param>
/// <param name="Successor">Who took over its work; none while it works itself.</param>
internal sealed record OfficeHead(int Place, OfficeProfile Profile, TwinId Successor);

/// <summary>The figures of an office as numbers in a row.</summary>
internal static class OfficeRow
{
    /// <summary>What the numbers mean, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "place", "desks", "officials", "open", "received", "queued", "inProgress", "waiting", "overdue", "filed", "resolved", "rejected", "onTime",
        "filedToday", "resolvedToday", "rejectedToday", "ratings", "ratingMean", "workingDaysMean",
    ];

    /// <summary>The row of an office.</summary>
    public static double?[] Of(int place, OfficeLine line)
    {
        Figures f = line.Figures;
        return
        [
            place, line.Desks, line.Officials, f.Open, f.Received, f.Queued, f.InProgress, f.Waiting, f.Overdue, f.Filed, f.Resolved, f.Rejected, f.OnTime,
            f.FiledToday, f.ResolvedToday, f.RejectedToday, f.Ratings, Rounded(f.RatingMean), Rounded(f.WorkingDaysMean),
        ];
    }

    // No more digits than a reader can tell apart: a mean over thousands would otherwise change with every event.
    private static double? Rounded(double? mean) => mean is { } m ? Math.Round(m, 3) : null;
}
