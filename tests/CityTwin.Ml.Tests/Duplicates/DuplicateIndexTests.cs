using System.Globalization;
using CityTwin.Ml.Duplicates;

namespace CityTwin.Ml.Tests.Duplicates;

public sealed class DuplicateIndexTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 7, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Pairs_of_the_written_set_are_told_with_an_f1_of_90_percent()
    {
        (string Situation, Report Report, string Text)[] reports = [.. File
            .ReadLines(Path.Combine(AppContext.BaseDirectory, "Duplicates", "pairs.txt"))
            .Where(l => l.Length > 0 && l[0] != '#').Select(Parse)];
        DuplicateOptions options = new();
        (int right, int wrong, int missed) = (0, 0, 0);
        for (int i = 0; i < reports.Length; i++)
        {
            for (int j = i + 1; j < reports.Length; j++)
            {
                double score = DuplicateIndex.Compare(reports[i].Report, reports[j].Report, options);
                bool said = score >= options.ScoreMin;
                bool same = reports[i].Situation == reports[j].Situation;
                if (said != same)
                {
                    output.WriteLine($"{score:0.00} {(same ? "missed" : "wrong")}: {reports[i].Text} | {reports[j].Text}");
                }
                (right, wrong, missed) = (right + (said && same ? 1 : 0), wrong + (said && !same ? 1 : 0), missed + (!said && same ? 1 : 0));
            }
        }
        double f1 = 2.0 * right / ((2 * right) + wrong + missed);
        output.WriteLine($"pairwise F1 {f1:P1}: {right} right, {wrong} wrong, {missed} missed");
        Assert.True(f1 >= 0.90, $"F1 {f1:P1}");
    }

    [Fact]
    public void An_ended_case_is_not_found_again_and_a_full_index_stays_whole()
    {
        DuplicateIndex index = new(new() { Capacity = 3 });
        const string Text = "ngập sâu trước cổng trường Nguyễn Huệ";
        foreach (string id in (string[])["a", "a", "b", "a", "a"])
        {
            index.Add(Of(id, Text));
        }
        Assert.Equal(["a", "b"], index.Find(Of("x", Text), 5).Select(d => d.Case));
        index.Recategorise("a", "flood");
        index.Remove("b");
        Assert.Equal(["flood", "flood"], index.Since(Start).Select(r => r.Category));
        index.Remove("a");
        index.Remove("never there");
        Assert.Null(index.Find(Of("x", Text)));
        Assert.Empty(index.Since(Start));
        index.Add(Of("c", Text));
        Assert.Equal("c", index.Find(Of("x", Text))?.Case);
        Assert.Empty(index.Since(Start.AddHours(73)));
    }

    [Fact]
    public void A_signature_comes_back_from_its_bytes()
    {
        TextSignature signature = TextSignature.Of("cây đổ chắn đường Hùng Vương");
        Span<byte> bytes = stackalloc byte[TextSignature.Length];
        signature.CopyTo(bytes);
        Assert.Equal(signature, TextSignature.Read(bytes));
    }

    private static Report Of(string id, string text) => new(id, "roads", Start, 16.46, 107.59, TextSignature.Of(text));

    [Fact]
    public void A_full_index_forgets_the_oldest()
    {
        DuplicateIndex index = new(new() { Capacity = 2 });
        Report first = At("a", 0, "đèn đường hỏng trước chợ");
        index.Add(first);
        Assert.Equal("a", index.Find(first)!.Value.Case);
        index.Add(At("b", 5000, "rác chất đống"));
        index.Add(At("c", 9000, "xe đậu chắn cửa"));
        Assert.Equal(2, index.Count);
        Assert.Null(index.Find(first));
    }

    [Fact]
    public void Equal_words_far_apart_are_two_things()
    {
        DuplicateIndex index = new(new());
        index.Add(At("a", 0, "đèn đường hỏng trước chợ"));
        Assert.Null(index.Find(At("b", 500, "đèn đường hỏng trước chợ")));
        Assert.NotNull(index.Find(At("b", 100, "den duong hong truoc cho")));
    }

    [Fact]
    public void A_capacity_out_of_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DuplicateIndex(new() { Capacity = 0 }));

    private static Report At(string id, double east, string text, string category = "other", double hours = 0) => new(
        id, category, Start.AddHours(hours), 16.46, 107.58 + (east / 111_320 / Math.Cos(16.46 * Math.PI / 180)), TextSignature.Of(text));

    private static (string, Report, string) Parse(string line)
    {
        string[] cells = line.Split('|');
        return (cells[0], At(line, double.Parse(cells[2], CultureInfo.InvariantCulture), cells[4], cells[1],
            double.Parse(cells[3], CultureInfo.InvariantCulture)), cells[4]);
    }
}
