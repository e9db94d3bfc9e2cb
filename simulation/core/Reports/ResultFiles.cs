using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>A what-if run as CSV and JSON.</summary>
public static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private static readonly double[] Shares = [0.1, 0.5, 0.9];

    /// <summary>One line per variant, figure and replication: <c>variant,metric,unit,replication,value</c>.</summary>
    public static string Csv(WhatIfResult result)
    {
        StringBuilder csv = new("variant,metric,unit,replication,value\n");
        foreach (VariantResult variant in result.Variants)
        {
            for (int m = 0; m < Metric.All.Length; m++)
            {
                double[] values = variant.Metric(m);
                for (int r = 0; r < values.Length; r++)
                {
                    csv.Append(CultureInfo.InvariantCulture, $"{Quote(variant.Name)},{Metric.All[m].Key},{Metric.All[m].Unit},{r},{values[r]:R}\n");
                }
            }
        }
        return csv.ToString();
    }

    /// <summary>Figures with intervals and differences, and the share on time and mean days of each office.</summary>
    public static string ToJson(WhatIfResult result)
    {
        CityModel model = result.Base.Phases[0].Model;
        double[][] p = [.. Metric.All.Select((_, k) => result.Variants.Length > 1 ? result.PValues(k) : [])];
        return JsonSerializer.Serialize(
            new
            {
                title = result.Title,
                city = model.Name,
                start = result.Base.Start.ToString("yyyy-MM-dd"),
                days = result.Base.Days,
                warmUpDays = result.Base.WarmUpDays,
                seed = result.Run.Seed,
                confidence = result.Run.Confidence,
                replications = result.Variants[0].Replications.Length,
                variants = result.Variants.Select((v, i) => new
                {
                    name = v.Name,
                    figures = Metric.All.Select((m, k) => new
                    {
                        key = m.Key,
                        unit = m.Unit,
                        value = Plain(result.Of(i, k)),
                        difference = i == 0 ? null : Plain(result.Difference(i, k)),
                        pValue = i == 0 || p[k].Length < i || !double.IsFinite(p[k][i - 1]) ? null : (double?)Math.Round(p[k][i - 1], 6),
                        quantiles = Shares.Select(s => new { share = s, value = Plain(result.Quantile(i, k, s)) }),
                    }),
                    offices = model.Offices.Select((o, k) => new
                    {
                        office = o.Id.ToString(),
                        name = o.Name,
                        onTimePercent = Finite(Mean(v.OnTimeOf(k))),
                        daysMean = Finite(Mean(v.DaysOf(k))),
                    }),
                }),
                best = result.Choice,
                ranking = PlanRank.Of(result).Select(r => new { name = result.Variants[r.Variant].Name, onTime = Plain(r.OnTime), bestProbability = Math.Round(r.BestProbability, 6) }),
                savings = result.Savings.Select(s => new { service = s.Service, daysOff = s.DaysOff, casesPerYear = s.CasesPerYear, daysPerYear = s.DaysPerYear }),
                sensitivities = result.Sensitivities.Select(s => new { name = s.Name, less = Plain(s.Low), more = Plain(s.High) }),
            },
            Json);
    }

    private static object? Plain(Interval interval) => new { estimate = Finite(interval.Estimate), low = Finite(interval.Low), high = Finite(interval.High) };

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;

    private static double Mean(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static string Quote(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
