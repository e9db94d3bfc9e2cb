using System.Text.RegularExpressions;
using CityTwin.Ml.Privacy;

namespace CityTwin.Ml.Tests.Privacy;

public sealed partial class MaskerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Gọi 0905 123 456 nhé", "Gọi [phone] nhé")]
    [InlineData("CCCD 046088001234, CMND 191234567", "CCCD [identity], CMND [identity]")]
    [InlineData("thư về lan.tran@gmail.com.", "thư về [email].")]
    [InlineData("xe 75F1-123.45 vượt đèn đỏ", "xe [plate] vượt đèn đỏ")]
    [InlineData("đường 30/4 ngập 20 cm lúc 7 giờ 30", "đường 30/4 ngập 20 cm lúc 7 giờ 30")]
    public void Private_passages_are_replaced_and_the_rest_stays(string text, string masked) =>
        Assert.Equal(masked, Masker.Mask(text));

    [Fact]
    public void The_written_set_is_masked_with_recall_of_98_and_precision_of_95_percent()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Privacy", "passages.txt"));
        Assert.True(lines.Length >= 500);
        (int wanted, int found, int given, int right) = (0, 0, 0, 0);
        foreach (string line in lines)
        {
            List<(int Begin, int End)> truth = [];
            string text = Marked().Replace(line, m => m.Groups[2].Value);
            int shift = 0;
            foreach (Match match in Marked().Matches(line))
            {
                int begin = match.Index - shift;
                truth.Add((begin, begin + match.Groups[2].Length));
                shift += match.Length - match.Groups[2].Length;
            }
            IReadOnlyList<PrivatePassage> passages = Masker.Find(text);
            wanted += truth.Count;
            given += passages.Count;
            // Found means that every digit of it is hidden; right means that something private is in it.
            int hit = truth.Count(t => Enumerable.Range(t.Begin, t.End - t.Begin)
                .All(i => !char.IsDigit(text[i]) || passages.Any(p => p.Begin <= i && i < p.End)));
            int ok = passages.Count(p => truth.Exists(t => t.Begin < p.End && p.Begin < t.End));
            found += hit;
            right += ok;
            if (hit < truth.Count || ok < passages.Count)
            {
                output.WriteLine($"{line}  =>  {Masker.Mask(text)}");
            }
        }
        output.WriteLine($"recall {found / (double)wanted:P2} of {wanted}, precision {right / (double)given:P2} of {given}");
        Assert.True(found >= 0.98 * wanted, $"recall {found}/{wanted}");
        Assert.True(right >= 0.95 * given, $"precision {right}/{given}");
    }

    [GeneratedRegex(@"⟦(\w+)\|(.+?)⟧")]
    private static partial Regex Marked();
}
