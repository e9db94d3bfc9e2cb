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
    /// <param name="source">What the message came from, so that it can be taken out again: words without line ends, as a case and its citizen. Null: nothing is said.</param>
    /// <exception cref="ArgumentException">The text is empty or a label holds a tab or a line end.</exception>
    public static void Append(string path, string text, string category, string? level, string? urgency, string? source = null)
    {
        string[] labels = [category, level ?? "", urgency ?? ""];
        string line = string.Join(' ', Masker.Mask(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0 || Array.Exists([.. labels, source ?? ""], l => l.AsSpan().IndexOfAny("\t\r\n") >= 0))
        {
            throw new ArgumentException("A correction needs a text, and labels and a source without tabs or line ends.");
        }
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutTornLine(file);
        string remark = source is null ? "" : $"# {source}\n";
        file.Write(Encoding.UTF8.GetBytes($"{remark}{string.Join('\t', labels)}\t{line}\n"));
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

    /// <summary>Takes out every correction whose source names something, and every other one of a text that is taken out; the file is replaced
    /// in one move and on disk when this returns.</summary>
    /// <param name="path">The file; may be absent.</param>
    /// <param name="named">A word of the source, as a citizen's or a case's name.</param>
    /// <returns>How many lines went.</returns>
    public static int Remove(string path, string named)
    {
        if (!File.Exists(path))
        {
            return 0;
        }
        string[] lines = File.ReadAllLines(path, Encoding.UTF8);
        bool[] goes = new bool[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            goes[i] = i > 0 && goes[i - 1] && lines[i - 1].StartsWith('#') && !lines[i].StartsWith('#');
            goes[i] |= lines[i].StartsWith('#') && lines[i].Split(' ').Contains(named);
        }
        HashSet<string> texts = [.. lines.Where((l, i) => goes[i] && !l.StartsWith('#')).Select(TextOf)];
        string[] kept = [.. lines.Where((l, i) => !goes[i] && (l.StartsWith('#') || !texts.Contains(TextOf(l))))];
        if (kept.Length == lines.Length)
        {
            return 0;
        }
        using (FileStream beside = File.Create(path + ".new"))
        {
            beside.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Select(l => l + "\n"))));
            beside.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        return lines.Count(l => !l.StartsWith('#')) - kept.Count(l => !l.StartsWith('#'));
    }

    /// <summary>Whether a correction is kept back to judge models by, and never learnt from: one in four, by its text alone.</summary>
    public static bool IsHeldBack(Example correction) => TextHash.Of(Diacritics.Strip(correction.Text)) % 4 == 0;

    private static string TextOf(string line) => line[(line.LastIndexOf('\t') + 1)..];

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
