using System.Text.RegularExpressions;
using CityTwin.Ml.Privacy;

namespace CityTwin.Ml.Tests.Privacy;

/// <summary>How the masker did on lines in which what is private stands between marks.</summary>
/// <param name="Wanted">Private passages there are.</param>
/// <param name="Found">Those of which every digit was hidden.</param>
/// <param name="Given">Passages hidden.</param>
/// <param name="Right">Those that hold something private.</param>
/// <param name="Misses">The lines that went wrong, with what was made of them.</param>
internal sealed partial record MaskingScore(int Wanted, int Found, int Given, int Right, IReadOnlyList<string> Misses)
{
    /// <summary>The share of private passages hidden.</summary>
    public double Recall => Found / (double)Wanted;

    /// <summary>The share of hidden passages that were private.</summary>
    public double Precision => Right / (double)Given;

    /// <summary>Masks every line and counts.</summary>
    public static MaskingScore Of(IEnumerable<string> lines)
    {
        (int wanted, int found, int given, int right) = (0, 0, 0, 0);
        List<string> misses = [];
        foreach (string line in lines)
        {
            string text = Marked().Replace(line, m => m.Groups[2].Value);
            List<(int Begin, int End)> truth = [];
            int shift = 0;
            foreach (Match match in Marked().Matches(line))
            {
                int begin = match.Index - shift;
                truth.Add((begin, begin + match.Groups[2].Length));
                shift += match.Length - match.Groups[2].Length;
            }
            IReadOnlyList<PrivatePassage> passages = Masker.Find(text);
            int hit = truth.Count(t => Enumerable.Range(t.Begin, t.End - t.Begin)
                .All(i => !char.IsDigit(text[i]) || passages.Any(p => p.Begin <= i && i < p.End)));
            int ok = passages.Count(p => truth.Exists(t => t.Begin < p.End && p.Begin < t.End));
            (wanted, found, given, right) = (wanted + truth.Count, found + hit, given + passages.Count, right + ok);
            if (hit < truth.Count || ok < passages.Count)
            {
                misses.Add($"{line}  =>  {Masker.Mask(text)}");
            }
        }
        return new(wanted, found, given, right, misses);
    }

    [GeneratedRegex(@"⟦(\w+)\|(.+?)⟧")]
    private static partial Regex Marked();
}
