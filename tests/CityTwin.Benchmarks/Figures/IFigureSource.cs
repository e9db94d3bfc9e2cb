namespace CityTwin.Benchmarks.Figures;

/// <summary>Measures the figures of one area, afresh at each call, on data it makes itself.</summary>
/// <remarks>Found by reflection: a public parameterless class in this project is all an area needs.</remarks>
public interface IFigureSource
{
    /// <summary>The area, one of <c>grains runtime journal cluster query simulation ml ingest pages</c>.</summary>
    string Area { get; }

    /// <summary>Measures; each figure is yielded as soon as it is known. What is worth saying meanwhile goes to <paramref name="progress"/>.</summary>
    IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, CancellationToken cancellation);
}
