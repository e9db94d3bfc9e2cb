using MathNet.Numerics.LinearAlgebra;

namespace CityTwin.Simulation.Calibration;

/// <summary>A figure of communes by their size: least squares on volume, volume per resident and kind.</summary>
internal sealed class SizeRegression
{
    private readonly Matrix<double> _rows;
    private readonly Vector<double> _values;
    private readonly Vector<double> _coefficients;
    private readonly Matrix<double> _inverse;
    private readonly double _spread;

    private SizeRegression(Matrix<double> rows, Vector<double> values)
    {
        _rows = rows;
        _values = values;
        // A little ridge keeps it solvable where all communes are of one kind.
        _inverse = (rows.TransposeThisAndMultiply(rows) + (1e-6 * Matrix<double>.Build.DenseIdentity(rows.ColumnCount))).Inverse();
        _coefficients = _inverse * rows.TransposeThisAndMultiply(values);
        Vector<double> left = values - (rows * _coefficients);
        _spread = Math.Sqrt(left.DotProduct(left) / Math.Max(1, rows.RowCount - rows.ColumnCount));
    }

    public static SizeRegression Fit(IReadOnlyList<CommuneRecord> communes, Func<CommuneRecord, double> of) => new(
        Matrix<double>.Build.DenseOfRows(communes.Select(Row)), Vector<double>.Build.DenseOfEnumerable(communes.Select(of)));

    /// <summary>The expected value, and the standard deviation of one commune about it.</summary>
    public (double Mean, double Spread) Predict(CommuneRecord commune)
    {
        Vector<double> row = Vector<double>.Build.DenseOfEnumerable(Row(commune));
        return (row.DotProduct(_coefficients), _spread * Math.Sqrt(1 + row.DotProduct(_inverse * row)));
    }

    /// <summary>For each commune its value and what the others predict.</summary>
    public IEnumerable<(double Actual, double Predicted)> LeftOut()
    {
        for (int i = 0; i < _rows.RowCount; i++)
        {
            Vector<double> row = _rows.Row(i);
            double leverage = Math.Min(0.99, row.DotProduct(_inverse * row));
            double left = _values[i] - row.DotProduct(_coefficients);
            yield return (_values[i], _values[i] - (left / (1 - leverage)));
        }
    }

    private static double[] Row(CommuneRecord c) =>
        [1, Math.Log(c.Filed / 900.0), Math.Log(1000.0 * c.Filed / c.Population / 36), c.IsWard ? 1 : 0];
}
