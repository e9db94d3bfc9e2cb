using System.Globalization;
using CityTwin.Ml.Duplicates;

namespace CityTwin.Ml.Tests.Duplicates;

/// <summary>How pairs of written reports were told apart.</summary>
/// <param name="Right">Pairs of one thing, taken for one.</param>
/// <param name="Wrong">Pairs of two things, taken for one.</param>
/// <param name="Missed">Pairs of one thing, taken for two.</param>
/// <param name="Mistakes">The pairs that went wrong.</param>
internal sealed record PairScore(int Right, int Wrong, int Missed, IReadOnlyList<string> Mistakes)
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 7, 0, 0, TimeSpan.FromHours(7));

    /// <summary>The harmonic mean of precision and recall over pairs.</summary>
    public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

    /// <summary>Compares every two of the lines <c>situation|category|metres east|hours|text</c>.</summary>
    public static PairScore Of(IEnumerable<string> lines)
    {
        (string Situation, Report Report, string Text)[] reports = [.. lines.Where(l => l.Length > 0 && l[0] != '#').Select(Parse)];
        DuplicateOptions options = new();
        (int right, int wrong, int missed) = (0, 0, 0);
        List<string> mistakes = [];
        for (int i = 0; i < reports.Length; i++)
        {
            for (int j = i + 1; j < reports.Length; j++)
            {
                double score = DuplicateIndex.Compare(reports[i].Report, reports[j].Report, options);
                bool said = score >= options.ScoreMin;
                bool same = reports[i].Situation == reports[j].Situation;
                if (said != same)
                {
                    mistakes.Add($"{score:0.00} {(same ? "missed" : "wrong")}: {reports[i].Text} | {reports[j].Text}");
                }
                (right, wrong, missed) = (right + (said && same ? 1 : 0), wrong + (said && !same ? 1 : 0), missed + (!said && same ? 1 : 0));
            }
        }
        return new(right, wrong, missed, mistakes);
    }

    /// <summary>A report so many metres east of a place in Huế, so many hours after a moment.</summary>
    public static Report At(string id, double east, string text, string category = "other", double hours = 0) => new(
        id, category, Start.AddHours(hours), 16.46, 107.58 + (east / 111_320 / Math.Cos(16.46 * Math.PI / 180)), TextSignature.Of(text));

    private static (string, Report, string) Parse(string line)
    {
        string[] cells = line.Split('|');
        return (cells[0], At(line, double.Parse(cells[2], CultureInfo.InvariantCulture), cells[4], cells[1],
            double.Parse(cells[3], CultureInfo.InvariantCulture)), cells[4]);
    }
}
