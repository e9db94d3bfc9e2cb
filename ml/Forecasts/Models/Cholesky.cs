namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Solves small symmetric positive definite systems in place.</summary>
internal static class Cholesky
{
    /// <summary>Replaces <paramref name="right"/> by the solution; only the lower half of <paramref name="matrix"/> is read, and destroyed.</summary>
    internal static void Solve(double[] matrix, double[] right)
    {
        int n = right.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> a = matrix.AsSpan(i * n, j);
                ReadOnlySpan<double> b = matrix.AsSpan(j * n, j);
                double rest = matrix[(i * n) + j] - System.Numerics.Tensors.TensorPrimitives.Dot(a, b);
                matrix[(i * n) + j] = i == j ? Math.Sqrt(Math.Max(rest, 1e-10)) : rest / matrix[(j * n) + j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            double rest = right[i] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(matrix.AsSpan(i * n, i), right.AsSpan(0, i));
            right[i] = rest / matrix[(i * n) + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double rest = right[i];
            for (int k = i + 1; k < n; k++)
            {
                rest -= matrix[(k * n) + i] * right[k];
            }
            right[i] = rest / matrix[(i * n) + i];
        }
    }
}
