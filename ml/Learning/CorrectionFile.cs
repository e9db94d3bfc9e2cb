using System.Text;
using CityTwin.Ml.Privacy;

namespace CityTwin.Ml.Learning;

/// <summary>What operators corrected, kept as training examples.</summary>
public static class CorrectionFile
{
    /// <summary>Appends one correction as a line that <c>ml train</c> reads, the text masked, and flushed to disk.</summary>
    /// <param name="path">The file; made where it is not there.</param>
    /// <param name="text">The message.</param>
    /// <param name="category">The right category code.</param>
    /// <param name="level">The right level, or null where nobody said.</param>
    /// <param name="urgency">The right urgency, or null where nobody said.</param>
    /// <exception cref="ArgumentException">The text is empty or a label holds a tab or a line end.</exception>
    public static void Append(string path, string text, string category, string? level, string? urgency)
    {
        string[] labels = [category, level ?? "", urgency ?? ""];
        string line = string.Join(' ', Masker.Mask(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0 || Array.Exists(labels, l => l.AsSpan().IndexOfAny("\t\r\n") >= 0))
        {
            throw new ArgumentException("A correction needs a text, and labels without tabs or line ends.");
        }
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes($"{string.Join('\t', labels)}\t{line}\n"));
        file.Flush(flushToDisk: true);
    }
}
