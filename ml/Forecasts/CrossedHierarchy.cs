namespace CityTwin.Ml.Forecasts;

/// <summary>A part of two sums at once, as a service of an office.</summary>
/// <param name="Row">The place of the one sum, as of the office.</param>
/// <param name="Column">The place of the other, as of the service.</param>
/// <param name="Series">Its values.</param>
public sealed record CrossedPart(int Row, int Column, Series Series);

/// <summary>Forecasts of parts that add up both ways.</summary>
/// <param name="Columns">The other sums' forecasts, in the order given.</param>
/// <param name="Parts">The parts' forecasts, in the order given.</param>
public sealed record CrossedForecast(IReadOnlyList<Forecast> Columns, IReadOnlyList<Forecast> Parts);

/// <summary>Services within offices: parts add up to their office and to their service, and both to the city.</summary>
/// <remarks>
/// The rows stand. Parts are drawn to both sums in turn, the gap shared out by how uncertain each part is, and at last to the
/// rows; a column is then the sum of its parts. Where both can be had it keeps its own forecast; where they can't, as with a service
/// of one office alone, it yields.
/// </remarks>
public static class CrossedHierarchy
{
    private const int PassesMax = 20;
    private const double Least = 1e-9;

    /// <summary>Forecasts columns and parts.</summary>
    /// <param name="rows">The rows' forecasts; they stand.</param>
    /// <param name="columns">The columns' series.</param>
    /// <param name="parts">The parts; a row or column may lack any. Their series may begin later than the columns'.</param>
    /// <param name="options">How to forecast counts.</param>
    /// <param name="cancellation">Stops between series.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part of a row or column that there is not.</exception>
    public static CrossedForecast Run(
        IReadOnlyList<Forecast> rows, IReadOnlyList<Series> columns, IReadOnlyList<CrossedPart> parts, ForecastOptions options, CancellationToken cancellation)
    {
        foreach (CrossedPart part in parts)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part.Row, rows.Count, nameof(parts));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part.Column, columns.Count, nameof(parts));
        }
        BacklogForecaster.Judged[] wholes = BacklogForecaster.RunJudged(columns, options, cancellation);
        BacklogForecaster.Judged[] judged = BacklogForecaster.RunJudged([.. parts.Select(p => p.Series)], options, cancellation);
        double[] variances = [.. judged.Select(j => Hierarchy.Variance(j) + Least)];
        double[][] points = [.. judged.Select(j => j.Forecast.Point.ToArray())];
        int[][] ofRow = Members(parts, p => p.Row, rows.Count);
        int[][] ofColumn = Members(parts, p => p.Column, columns.Count);
        for (int pass = 0; pass < PassesMax; pass++)
        {
            Draw(points, variances, ofColumn, [.. wholes.Select(w => w.Forecast.Point)]);
            Draw(points, variances, ofRow, [.. rows.Select(r => r.Point)]);
        }

        // A part that would fall below nought stays there: the others of its row take what it could not.
        for (int pass = 0; pass < PassesMax; pass++)
        {
            Draw(points, variances, ofRow, [.. rows.Select(r => r.Point)]);
        }
        Forecast[] agreed = [.. judged.Select((j, i) => Hierarchy.MovedTo(j.Forecast, points[i], options))];
        return new(
            [.. wholes.Select((w, c) => ofColumn[c].Length == 0 ? w.Forecast : Hierarchy.MovedTo(w.Forecast, Sum(points, ofColumn[c]), options))], agreed);
    }

    private static int[][] Members(IReadOnlyList<CrossedPart> parts, Func<CrossedPart, int> of, int count)
    {
        ILookup<int, int> members = Enumerable.Range(0, parts.Count).ToLookup(i => of(parts[i]));
        return [.. Enumerable.Range(0, count).Select(i => members[i].ToArray())];
    }

    private static void Draw(double[][] points, double[] variances, int[][] members, IReadOnlyList<double>[] sums)
    {
        for (int m = 0; m < members.Length; m++)
        {
            for (int h = 0; h < sums[m].Count; h++)
            {
                double gap = sums[m][h] - members[m].Sum(i => points[i][h]);
                double pool = members[m].Sum(i => gap < 0 && points[i][h] <= 0 ? 0 : variances[i]);
                foreach (int i in members[m])
                {
                    double share = gap < 0 && points[i][h] <= 0 ? 0 : variances[i];
                    points[i][h] = pool > 0 ? Math.Max(0, points[i][h] + (gap * share / pool)) : points[i][h];
                }
            }
        }
    }

    private static double[] Sum(double[][] points, int[] members) =>
        [.. Enumerable.Range(0, points[members[0]].Length).Select(h => members.Sum(i => points[i][h]))];
}
