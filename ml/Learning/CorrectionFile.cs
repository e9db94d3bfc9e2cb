using System.Text;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Privacy;
using CityTwin.Ml.Text;

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
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutTornLine(file);
        file.Write(Encoding.UTF8.GetBytes($"{string.Join('\t', labels)}\t{line}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads every correction; of several for one text the last stands. Empty where there is no file.</summary>
    /// <exception cref="InvalidDataException">A line has another shape; the message gives the file and the line.</exception>
    public static IReadOnlyList<Example> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        string whole = File.ReadAllText(path, Encoding.UTF8);
        whole = whole[..(whole.LastIndexOf('\n') + 1)];
        Dictionary<string, Example> last = [];
        foreach (Example example in whole.Length == 0 ? [] : LabelledTextFile.Read(new StringReader(whole), path))
        {
            last.Remove(example.Text);
            last[example.Text] = example;
        }
        return [.. last.Values];
    }

    /// <summary>Whether a correction is kept back to judge models by, and never learnt from: one in four, by its text alone.</summary>
    public static bool IsHeldBack(Example correction) => TextHash.Of(Diacritics.Strip(correction.Text)) % 4 == 0;

    // The program was stopped while it wrote: half a line is no correction.
    private static void CutTornLine(FileStream file)
    {
        for (long end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }
            file.SetLength(end - 1);
        }
        file.Position = file.Length;
    }
}
