using System.Globalization;
using System.Net;
using System.Text;

namespace CityTwin.Simulation.Reports;

/// <summary>A drawing with linear axes, written as inline SVG.</summary>
internal sealed class SvgFrame
{
    private readonly StringBuilder _svg = new();
    private readonly double _left;
    private readonly double _top;
    private readonly double _plotWidth;
    private readonly double _plotHeight;
    private readonly double _xLow;
    private readonly double _xHigh;
    private readonly double _yLow;
    private readonly double _yHigh;
    private readonly string _title;
    private readonly Sheet _sheet;
    private readonly int _height;

    public SvgFrame(string title, Sheet sheet, int height, double left, (double Low, double High) x, (double Low, double High) y)
    {
        _title = title;
        _sheet = sheet;
        _height = height;
        _left = left;
        _top = 12;
        _plotWidth = sheet.Width - left - 16;
        _plotHeight = height - 46;
        (_xLow, _xHigh) = Wide(x);
        (_yLow, _yHigh) = Wide(y);
    }

    public double X(double value) => _left + ((value - _xLow) / (_xHigh - _xLow) * _plotWidth);

    public double Y(double value) => _top + _plotHeight - ((value - _yLow) / (_yHigh - _yLow) * _plotHeight);

    public double Top => _top;

    public double Bottom => _top + _plotHeight;

    /// <summary>Round values that divide a range into about so many parts.</summary>
    public static IEnumerable<double> Ticks(double low, double high, int about)
    {
        double raw = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        for (double t = Math.Ceiling(low / step) * step; t <= high + (step * 1e-9); t += step)
        {
            yield return Math.Round(t, 10);
        }
    }

    public void XAxis(string label, Func<double, string>? text = null, IEnumerable<double>? ticks = null)
    {
        foreach (double t in ticks ?? Ticks(_xLow, _xHigh, _sheet.IsNarrow ? 4 : 7))
        {
            Line(X(t), _top, X(t), Bottom, "grid");
            Text(X(t), Bottom + 14, text?.Invoke(t) ?? Short(t), "middle");
        }
        Text(_left + (_plotWidth / 2), Bottom + 30, label, "middle", "label");
    }

    public void YAxis(string label, Func<double, string>? text = null, IEnumerable<double>? ticks = null)
    {
        foreach (double t in ticks ?? Ticks(_yLow, _yHigh, 5))
        {
            Line(_left, Y(t), _left + _plotWidth, Y(t), "grid");
            Text(_left - 6, Y(t) + 4, text?.Invoke(t) ?? Short(t), "end");
        }
        if (label.Length > 0)
        {
            Text(_left, _top - 2, label, "start", "label");
        }
    }

    /// <summary>Writes the name of a row, the first one uppermost; gives the height at which its marks stand.</summary>
    public double Row(int row, int rows, string name)
    {
        double height = _plotHeight / rows;
        double top = _top + (row * height);
        if (!_sheet.IsNarrow)
        {
            Text(_left - 8, top + (height / 2) + 4, name, "end");
            return top + (height / 2);
        }
        double lines = height - _sheet.Row(0);
        Text(2, top + height - lines - 2, name, "start");
        return top + height - (lines / 2);
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _svg.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{style}\"/>");

    public void Text(double x, double y, string text, string anchor, string style = "tick") =>
        _svg.Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" class=\"{style}\">{WebUtility.HtmlEncode(text)}</text>");

    public void Dot(double x, double y, string style, string hint) =>
        _svg.Append($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"3.5\" class=\"{style}\"><title>{WebUtility.HtmlEncode(hint)}</title></circle>");

    public void Bar(double x1, double y, double x2, double height, string style, string hint) => _svg.Append(
        $"<rect x=\"{N(Math.Min(x1, x2))}\" y=\"{N(y)}\" width=\"{N(Math.Abs(x2 - x1))}\" height=\"{N(height)}\" class=\"{style}\"><title>{WebUtility.HtmlEncode(hint)}</title></rect>");

    /// <summary>A cell of a map: the weight is from 0, nothing, to 1.</summary>
    public void Cell(double x1, double y1, double x2, double y2, string style, double weight, string hint) => _svg.Append(
        $"<rect x=\"{N(x1)}\" y=\"{N(y1)}\" width=\"{N(x2 - x1)}\" height=\"{N(y2 - y1)}\" class=\"{style}\" fill-opacity=\"{N3(0.04 + (0.96 * weight))}\"><title>{WebUtility.HtmlEncode(hint)}</title></rect>");

    public void Curve(IEnumerable<(double X, double Y)> points, string style) =>
        _svg.Append($"<polyline points=\"{Join(points)}\" class=\"{style}\"/>");

    public void Band(IReadOnlyList<(double X, double Low, double High)> band, string style) => _svg.Append(
        $"<polygon points=\"{Join(band.Select(b => (b.X, b.Low)).Concat(band.Reverse().Select(b => (b.X, b.High))))}\" class=\"{style}\"/>");

    public string Close() =>
        $"<svg viewBox=\"0 0 {_sheet.Width} {_height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(_title)}\">{_svg}</svg>";

    public static string Short(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    private string Join(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(X(p.X))},{N(Y(p.Y))}"));

    private static (double, double) Wide((double Low, double High) range) =>
        range.High - range.Low > 1e-9 ? range : (range.Low - 1, range.High + 1);

    private static string N3(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture);

    private static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
