using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Reports;

/// <summary>Officers' time and the waits before them, by kind of desk: charts, and a table of the same.</summary>
internal static class DeskSections
{
    private const int Left = 330;
    private const int KindsMax = 20;
    private static readonly string[] Causes = ["on cases", "no work", "absent", "office shut"];

    /// <summary>How the staff's hours were spent: on cases, or not, by cause.</summary>
    public static string Utilisation(WhatIfResult result, int variant, Sheet sheet)
    {
        Kind[] kinds = Kinds(result, variant);
        SvgFrame frame = new("Officers' time by cause", sheet, 46 + (kinds.Length * sheet.Row(20)), sheet.Left(Left), (0, 100), (0, kinds.Length));
        frame.XAxis("% of the staff's hours");
        for (int i = 0; i < kinds.Length; i++)
        {
            double y = frame.Row(i, kinds.Length, kinds[i].Name) - 7;
            double from = 0;
            for (int c = 0; c < Causes.Length; c++)
            {
                double share = kinds[i].Shares[c];
                frame.Bar(frame.X(from), y, frame.X(from + share), 14, $"cause{c}", $"{kinds[i].Name}: {Causes[c]} {share:0.0} %");
                from += share;
            }
        }
        return frame.Close();
    }

    /// <summary>What the colours of the causes mean.</summary>
    public static string Keys { get; } = string.Concat(Causes.Select((c, i) => $"<span class=\"key cause{i}\"></span>{c}"));

    /// <summary>Mean waits for an officer, base against a variant.</summary>
    public static string Waits(WhatIfResult result, int variant, Sheet sheet)
    {
        Kind[] kinds = Kinds(result, variant);
        Kind[] before = [.. kinds.Select(k => Of(result, 0, k.Name, k.Desks))];
        double high = Math.Max(0.1, kinds.Concat(before).Max(k => k.Wait)) * 1.05;
        SvgFrame frame = new("Mean waits for an officer", sheet, 46 + (kinds.Length * sheet.Row(18)), sheet.Left(Left), (0, high), (0, kinds.Length));
        frame.XAxis(variant == 0 ? "mean wait, working hours" : "mean wait, working hours: hollow the base, full the variant");
        for (int i = 0; i < kinds.Length; i++)
        {
            double y = frame.Row(i, kinds.Length, kinds[i].Name);
            frame.Line(frame.X(before[i].Wait), y, frame.X(kinds[i].Wait), y, kinds[i].Wait <= before[i].Wait ? "whisker good" : "whisker bad");
            frame.Dot(frame.X(before[i].Wait), y, "hollow", $"{kinds[i].Name}: base {before[i].Wait:0.00} h");
            frame.Dot(frame.X(kinds[i].Wait), y, "full", $"{kinds[i].Name}: {kinds[i].Wait:0.00} h");
        }
        return frame.Close();
    }

    /// <summary>The same in numbers.</summary>
    public static string Table(WhatIfResult result, int variant)
    {
        StringBuilder html = new("<table><thead><tr><th>Desks</th><th class=\"n\">staff hours</th>");
        html.Append(string.Concat(Causes.Select(c => $"<th class=\"n\">{c}, %</th>"))).Append("<th class=\"n\">mean wait, h</th></tr></thead><tbody>");
        foreach (Kind kind in Kinds(result, variant))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(kind.Name)}</td><td class=\"n\">{kind.Hours:N0}</td>")
                .Append(string.Concat(kind.Shares.Select(s => string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">{s:0.0}</td>"))))
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{kind.Wait:0.00}</td></tr>");
        }
        return html.Append("</tbody></table>").ToString();
    }

    private static Kind[] Kinds(WhatIfResult result, int variant)
    {
        CityModel model = result.Variants[variant].Timeline.Phases[0].Model;
        return [.. Enumerable.Range(0, model.Desks.Length)
            .GroupBy(d => $"{(model.Offices[model.Desks[d].Office].Kind == OfficeKind.Department ? "Departments" : "Communes")}: {model.Desks[d].Name}")
            .Select(g => Of(result, variant, g.Key, [.. g]))
            .OrderByDescending(k => k.Hours).Take(KindsMax)];
    }

    private static Kind Of(WhatIfResult result, int variant, string name, ImmutableArray<int> desks)
    {
        ImmutableArray<ReplicationRecord> runs = result.Variants[variant].Replications;
        double Sum(Func<ReplicationRecord, double[]> of) => runs.Average(r => desks.Sum(d => of(r)[d]));
        double busy = Sum(r => r.Hours.Busy);
        double shift = Sum(r => r.Hours.OnShift);
        double absent = Sum(r => r.Hours.Absent);
        double shut = Sum(r => r.Hours.Shut);
        double staff = Math.Max(1e-9, Math.Max(shift, busy) + absent + shut);
        double starts = runs.Average(r => desks.Sum(d => (double)r.Queues.Starts[d]));
        double[] shares = [busy / staff * 100, Math.Max(0, shift - busy) / staff * 100, absent / staff * 100, shut / staff * 100];
        return new Kind(name, desks, shift + absent + shut, [.. shares], starts > 0 ? Sum(r => r.Queues.Waited) / starts : 0);
    }

    private sealed record Kind(string Name, ImmutableArray<int> Desks, double Hours, ImmutableArray<double> Shares, double Wait);
}
