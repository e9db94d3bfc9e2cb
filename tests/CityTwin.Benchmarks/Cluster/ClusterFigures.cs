using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;

namespace CityTwin.Benchmarks.Cluster;

/// <summary>The cluster is measured by its own program: this one builds where the package registry has no Orleans, too.</summary>
public sealed class ClusterFigures : IFigureSource
{
    /// <inheritdoc/>
    public string Area => "cluster";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        progress("not measured here; where silo/cluster builds: dotnet run -c Release --project silo/cluster -- bench --journal \"Host=…;Database=…\"");
        yield break;
    }
}
