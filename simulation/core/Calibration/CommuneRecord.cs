using System.Collections.Immutable;
using System.Globalization;

namespace CityTwin.Simulation.Calibration;

/// <summary>What the national portal publishes of a commune for a month.</summary>
/// <param name="Code">The official unit code.</param>
/// <param name="Name">The name.</param>
/// <param name="IsWard">Ward or not.</param>
/// <param name="Population">Residents, above 0.</param>
/// <param name="Filed">Dossiers received, above 0.</param>
/// <param name="OnTime">Of those, decided on time.</param>
/// <param name="DaysMean">The mean days to the result, above 0.</param>
public sealed record CommuneRecord(string Code, string Name, bool IsWard, int Population, int Filed, int OnTime, double DaysMean)
{
    private static readonly string[] Columns = ["code", "name", "kind", "population", "dossiers_received", "on_time", "avg_processing_days"];

    /// <summary>The share on time, 0 to 1.</summary>
    public double OnTimeShare => (double)OnTime / Filed;

    /// <summary>Reads a table with the columns <c>code,name,kind,population,dossiers_received,on_time,avg_processing_days</c> in any order.</summary>
    /// <exception cref="FormatException">With line and column of the first mistake.</exception>
    public static ImmutableArray<CommuneRecord> Parse(string csv)
    {
        string[] lines = csv.TrimStart('\uFEFF').Split('\n');
        string[] header = lines[0].Trim().Split(',');
        int[] place = [.. Columns.Select(c => Array.IndexOf(header, c))];
        int missing = Array.IndexOf(place, -1);
        if (missing >= 0)
        {
            throw new FormatException($"1:1: column '{Columns[missing]}' is missing; expected {string.Join(',', Columns)}");
        }
        List<CommuneRecord> records = [];
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0)
            {
                continue;
            }
            string[] cells = line.Split(',');
            if (cells.Length != header.Length)
            {
                throw new FormatException($"{i + 1}:1: {cells.Length} cells, expected {header.Length}");
            }
            double Number(int column, double low)
            {
                string text = cells[place[column]];
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= 1e9
                    ? value
                    : throw new FormatException($"{i + 1}:{cells.Take(place[column]).Sum(c => c.Length + 1) + 1}: {Columns[column]} is '{text}', expected a number from {low}");
            }
            int filed = (int)Number(4, 1);
            int onTime = (int)Number(5, 0);
            if (onTime > filed)
            {
                throw new FormatException($"{i + 1}:1: {onTime} on time of {filed} received");
            }
            records.Add(new CommuneRecord(cells[place[0]], cells[place[1]], cells[place[2]] == "ward", (int)Number(3, 1), filed, onTime, Number(6, 0.01)));
        }
        return records.Count > 0 ? [.. records] : throw new FormatException("2:1: no commune");
    }
}
