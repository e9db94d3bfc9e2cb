using System.Globalization;
using CityTwin.Simulation.WhatIf;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>The results of the bench commands as tables on the screen.</summary>
internal static class BenchTables
{
    // Columns from which an estimate and its interval fit a line.
    private const int WidthMin = 110;

    /// <summary>The shares of <c>--quantiles</c>.</summary>
    /// <exception cref="BenchFailureException">They are no numbers between 0 and 1.</exception>
    public static double[] SharesOf(string text)
    {
        double[] shares = [.. text.Split(',').Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out double s) ? s : double.NaN)];
        return shares.All(s => s is > 0 and < 1) ? shares : throw new BenchFailureException($"--quantiles {text}: expected numbers between 0 and 1, as 0.1,0.5,0.9");
    }

    /// <summary>Quantiles of every figure over the replications; an end that so few replications leave open is –.</summary>
    public static void Quantiles(WhatIfResult result, double[] shares)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("Quantiles over the replications").AddColumns("figure", "variant");
        foreach (double share in shares)
        {
            table.AddColumn(new TableColumn($"{share * 100:0.#} %").RightAligned());
        }
        for (int m = 0; m < Metric.All.Length; m++)
        {
            for (int v = 0; v < result.Variants.Length; v++)
            {
                table.AddRow([v == 0 ? Metric.All[m].Name : "", Markup.Escape(result.Variants[v].Name), .. shares.Select(s => Below(result.Quantile(v, m, s), ""))]);
            }
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Every figure with its interval, the paired differences, and what follows from them.</summary>
    public static void Figures(WhatIfResult result)
    {
        if (result.Variants.Length > 2)
        {
            Plans(result);
            return;
        }
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(result.Title));
        table.AddColumn("figure");
        table.AddColumn("unit");
        for (int v = 0; v < result.Variants.Length; v++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(result.Variants[v].Name)).RightAligned());
            if (v > 0)
            {
                table.AddColumn(new TableColumn("difference").RightAligned());
            }
        }
        for (int m = 0; m < Metric.All.Length; m++)
        {
            List<string> row = [Metric.All[m].Name, Metric.All[m].Unit];
            for (int v = 0; v < result.Variants.Length; v++)
            {
                row.Add(Below(result.Of(v, m), ""));
                if (v > 0)
                {
                    Interval d = result.Difference(v, m);
                    string colour = d.Contains(0) ? "grey" : d.Low > 0 == Metric.All[m].IsHigherBetter ? "green" : "red";
                    row.Add($"[{colour}]{Below(d, d.Estimate > 0 ? "+" : "")}[/]");
                }
            }
            table.AddRow([.. row]);
        }
        AnsiConsole.Write(table);
        if (!result.Named.IsEmpty && result.Variants.Length > 1)
        {
            AnsiConsole.WriteLine($"on time at the {result.Named.Length} offices that the changes name: {Range(result.NamedDifference(1), "")} points");
        }
        Closing(result);
    }

    // A row for each plan: what stands in a terminal of 80 columns.
    private static void Plans(WhatIfResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(result.Title))
            .AddColumn("plan");
        foreach (string figure in (string[])["on time %", "change", "p", "days", "wait h", "busy %"])
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        }
        double[] p = result.PValues(0);
        for (int v = 0; v < result.Variants.Length; v++)
        {
            string Mean(string key) => Short(result.Of(v, Metric.All.Index().First(m => m.Item.Key == key).Index).Estimate);
            Interval d = v == 0 ? default : result.Difference(v, 0);
            string colour = d.Contains(0) ? "grey" : d.Low > 0 ? "green" : "red";
            table.AddRow(
                Markup.Escape(result.Variants[v].Name), Below(result.Of(v, 0), ""), v == 0 ? "" : $"[{colour}]{Below(d, d.Estimate > 0 ? "+" : "")}[/]",
                v == 0 ? "" : p[v - 1] < 0.0001 ? "< 0.0001" : $"{p[v - 1]:0.####}", Mean("days_mean"), Mean("queue_wait"), Mean("utilisation"));
        }
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[grey]All figures: --json, --csv, --html. Corrected for the number of plans: differences by Bonferroni, p by Holm.[/]");
        Closing(result);
    }

    private static void Closing(WhatIfResult result)
    {
        if (result.Choice is { } choice)
        {
            string verdict = choice.IsDecided ? $"best at {choice.Confidence * 100:0.#} %" : "undecided within the replications allowed; looks best";
            AnsiConsole.WriteLine($"{verdict}: {choice.Name} ({choice.Means[choice.Variant - 1]:0.0} % on time; {choice.Replications.Sum()} replications in all)");
        }
        if (!result.Savings.IsEmpty)
        {
            AnsiConsole.WriteLine($"{result.Savings.Length} procedures lose {result.Savings.Sum(s => s.DaysOff):N1} working days; citizens wait {result.Savings.Sum(s => s.DaysPerYear):N0} working days a year less");
        }
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]{result.Variants[0].Replications.Length} paired replications, intervals at {result.Run.Confidence * 100:0.#} %, seed {result.Run.Seed}[/]");
    }

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.0" : "0.00");

    // In a terminal of 80 columns an interval stands below its estimate, rather than broken wherever the column ends.
    private static string Below(Interval i, string sign) =>
        AnsiConsole.Profile.Width < WidthMin ? Range(i, sign).Replace(" (", "\n", StringComparison.Ordinal).Replace(" to ", "..", StringComparison.Ordinal).TrimEnd(')') : Range(i, sign);

    private static string Range(Interval i, string sign)
    {
        string format = Math.Abs(i.Estimate) >= 1000 ? "N0" : Math.Abs(i.Estimate) >= 10 ? "0.0" : "0.00";
        string Of(double value) => double.IsFinite(value) ? Nought(value).ToString(format) : "–";
        // What rounds to nought has no sign.
        double Nought(double value) => Math.Abs(value) < (format == "0.00" ? 0.005 : 0.05) ? 0 : value;
        return $"{sign}{Of(i.Estimate)} ({Of(i.Low)} to {Of(i.High)})";
    }
}
