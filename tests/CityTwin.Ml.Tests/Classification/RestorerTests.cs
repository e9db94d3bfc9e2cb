using CityTwin.Ml.Classification.Restoring;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Classification;

public sealed class RestorerTests
{
    private static readonly string[] Texts =
    [
        "tàu chạy trên đường sắt", "đường sắt cắt ngang phố", "hàng rào sắt gỉ", "đất sạt lở sau nhà", "núi sạt lở xuống đường", "bờ sông sạt lở",
        "sát vách nhà tôi", "tôi ở sát chợ", "ban đêm có tiếng ồn", "bàn ghế bày ra hè", "bán hàng ban đêm",
    ];

    [Theory]
    [InlineData("duong sat", "đường sắt")]
    [InlineData("dat sat lo", "đất sạt lở")]
    [InlineData("nha o sat vach", "nhà ở sát vách")]
    [InlineData("ban dem", "ban đêm")]
    [InlineData("ban ghe", "bàn ghế")]
    [InlineData("hang rao sắt", "hàng rào sắt")]
    public void What_a_bare_word_was_is_told_by_its_neighbours(string bare, string written) =>
        Assert.Equal(Hashes(written, null), Hashes(bare, Learnt()));

    [Fact]
    public void A_word_never_seen_stays_as_it_is() =>
        Assert.Equal(Hashes("đường xyz sạt lở", null), Hashes("duong xyz sat lo", Learnt()));

    [Fact]
    public void A_text_taken_back_restores_nothing()
    {
        Restorer restorer = Learnt();
        foreach (string text in Texts)
        {
            restorer.Learn(Words(text), -1);
        }
        Assert.Equal(Hashes("duong sat", null), Hashes("duong sat", restorer));
        Assert.Equal(0, restorer.MarkedShare);
    }

    [Fact]
    public void A_text_longer_than_a_segment_is_restored_to_its_end_and_keeps_its_places()
    {
        string text = string.Join(", ", Enumerable.Repeat("dat sat lo sau nha", 100));
        ulong[] expected = [.. Enumerable.Repeat(Hashes("đất sạt lở sau nhà", null), 100).SelectMany(h => h)];
        Assert.Equal(expected, Hashes(text, Learnt()));
        RestoringReader reader = new(text, Learnt(), new char[RestoringReader.ScratchLength], new ulong[RestoringReader.RoomLength]);
        int words = 0;
        while (reader.MoveNext())
        {
            Assert.Equal(text[reader.Begin..reader.End], reader.Word.ToString());
            words++;
        }
        Assert.Equal(500, words);
    }

    [Fact]
    public void Stored_it_restores_as_before()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        Learnt().ToTables().Write(writer);
        stream.Position = 0;
        using BinaryReader reader = new(stream);
        Restorer again = Restorer.Of(RestorerTables.Read(reader));
        Assert.All(Texts, t => Assert.Equal(Hashes(Diacritics.Strip(t), Learnt()), Hashes(Diacritics.Strip(t), again)));
        Assert.Equal(Learnt().MarkedShare, again.MarkedShare);
    }

    [Fact]
    public void Tables_that_do_not_fit_each_other_are_refused()
    {
        RestorerTables tables = Learnt().ToTables();
        Assert.Throws<InvalidDataException>(() => Restorer.Of(tables with { Counts = tables.Counts[1..] }));
        Assert.Throws<InvalidDataException>(() => Restorer.Of(tables with { Hashes = [.. tables.Hashes[1..], tables.Hashes[1]] }));
        Assert.Throws<InvalidDataException>(() => Restorer.Of(tables with { Pairs = [ulong.MaxValue, .. tables.Pairs[1..]] }));
    }

    [Theory]
    [InlineData("duong Nguyễn Huệ ngap nuoc qua xe chet may het ca roi", true)]
    [InlineData("duong ngap nuoc", true)]
    [InlineData("đường ngập nước qua xe chết máy", false)]
    public void A_text_with_a_pasted_name_was_still_typed_bare(string text, bool bare)
    {
        (int words, int marked) = Diacritics.CountWords(text);
        Assert.Equal(bare, Learnt().IsBare(words, marked));
    }

    [Theory]
    [InlineData("Đường ngập, xe chết máy!", 5, 4)]
    [InlineData("Duong 3 Thang 2", 2, 0)]
    [InlineData("Đường ngập", 2, 2)]
    [InlineData("… 12 😀", 0, 0)]
    public void Words_are_counted_with_their_marks(string text, int words, int marked) =>
        Assert.Equal((words, marked), Diacritics.CountWords(text));

    private static Restorer Learnt()
    {
        Restorer restorer = new();
        foreach (string text in Texts)
        {
            restorer.Learn(Words(text), 1);
        }
        restorer.Order();
        return restorer;
    }

    private static List<(ulong, ulong)> Words(string text)
    {
        TokenReader reader = new(text, new char[TokenReader.WordLengthMax]);
        List<(ulong, ulong)> words = [];
        while (reader.MoveNext())
        {
            words.Add((reader.Hash, reader.PlainHash));
        }
        return words;
    }

    private static ulong[] Hashes(string text, Restorer? restorer)
    {
        RestoringReader reader = new(text, restorer, new char[RestoringReader.ScratchLength], new ulong[RestoringReader.RoomLength]);
        List<ulong> hashes = [];
        while (reader.MoveNext())
        {
            hashes.Add(reader.Hash);
        }
        return [.. hashes];
    }
}
