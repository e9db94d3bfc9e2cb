using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Tests.Duplicates;
using CityTwin.Ml.Tests.Privacy;

namespace CityTwin.Benchmarks.Ml;

/// <summary>Masking and near-duplicates on the written sets that the tests judge by.</summary>
public sealed class WrittenSetFigures : IFigureSource
{
    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] passages = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Ml", "passages.txt"), cancellation);
        MaskingScore masking = MaskingScore.Of(passages);
        yield return new("ml", "masking recall", 100 * masking.Recall, "%", 98, Better.Higher, null, $"{masking.Wanted} private passages in {passages.Length} written items");
        yield return new("ml", "masking precision", 100 * masking.Precision, "%", 95, Better.Higher, null, $"{masking.Given} passages masked");
        PairScore pairs = PairScore.Of(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Ml", "pairs.txt"), cancellation));
        yield return new("ml", "duplicates, pairwise F1", pairs.F1, "", 0.9, Better.Higher, null, $"{pairs.Right} pairs right, {pairs.Wrong} wrong, {pairs.Missed} missed");
    }
}
