using CityTwin.Ml.Duplicates;

namespace CityTwin.Ml.Tests.Duplicates;

public sealed class DuplicateIndexTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 7, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Pairs_of_the_written_set_are_told_with_an_f1_of_90_percent()
    {
        PairScore score = PairScore.Of(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Duplicates", "pairs.txt")));
        foreach (string mistake in score.Mistakes)
        {
            output.WriteLine(mistake);
        }
        output.WriteLine($"pairwise F1 {score.F1:P1}: {score.Right} right, {score.Wrong} wrong, {score.Missed} missed");
        Assert.True(score.F1 >= 0.90, $"F1 {score.F1:P1}");
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

    [Fact]
    public void A_signature_is_the_same_on_every_machine_for_it_is_kept()
    {
        const string Kept = "0b052319011702111401010d063614062c0b1105060e260400201b1101191b010b151a1832060b0e284c39032811313602041a100a052106071a1d110a0c061b";
        Assert.Equal(TextSignature.Read(Convert.FromHexString(Kept)), TextSignature.Of("cây đổ chắn đường Hùng Vương, khong ai di qua duoc"));
    }

    private static Report Of(string id, string text) => new(id, "roads", Start, 16.46, 107.59, TextSignature.Of(text));

    [Fact]
    public void A_full_index_forgets_the_oldest()
    {
        DuplicateIndex index = new(new() { Capacity = 2 });
        Report first = PairScore.At("a", 0, "đèn đường hỏng trước chợ");
        index.Add(first);
        Assert.Equal("a", index.Find(first)!.Value.Case);
        index.Add(PairScore.At("b", 5000, "rác chất đống"));
        index.Add(PairScore.At("c", 9000, "xe đậu chắn cửa"));
        Assert.Equal(2, index.Count);
        Assert.Null(index.Find(first));
    }

    [Fact]
    public void Equal_words_far_apart_are_two_things()
    {
        DuplicateIndex index = new(new());
        index.Add(PairScore.At("a", 0, "đèn đường hỏng trước chợ"));
        Assert.Null(index.Find(PairScore.At("b", 500, "đèn đường hỏng trước chợ")));
        Assert.NotNull(index.Find(PairScore.At("b", 100, "den duong hong truoc cho")));
    }

    [Fact]
    public void A_capacity_out_of_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DuplicateIndex(new() { Capacity = 0 }));
}
