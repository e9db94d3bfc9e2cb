using CityTwin.Ml.Text;

namespace CityTwin.Ml.Tests.Text;

public sealed class TokenReaderTests
{
    [Theory]
    [InlineData("Đường NGẬP", "đường ngập")]
    [InlineData("quáaaa ồn!!!", "quá ồn !")]
    [InlineData("ko bt j, cx đc", "không bình thường gì cũng được")]
    [InlineData("hoà thuý khoẻ", "hòa thúy khỏe")]
    [InlineData("quý", "quý")]
    [InlineData("hẻm 45/12 lúc 19h30", "hẻm 00 00 lúc 00h00")]
    [InlineData("0905123456", "0000")]
    [InlineData("", "")]
    [InlineData("😀 … —", "")]
    public void Words_are_normalised(string text, string words) => Assert.Equal(words, string.Join(' ', Read(text)));

    [Theory]
    [InlineData("Việt Nam ngập lụt đường phố ở Huế", "Việt")]
    [InlineData("ấ ầ ẩ ẫ ậ ắ ằ ẳ ẵ ặ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ đ", "vowels")]
    [InlineData("garçon déjà naïf não coração avô", "Latin")]
    public void Composed_and_decomposed_forms_read_alike(string text, string what)
    {
        string[] composed = Read(text);
        Assert.Equal(composed, Read(Decompose(text)));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Diacritics_are_stripped_and_capitals_kept() =>
        Assert.Equal("Duong ngap o Dong Da, garcon", Diacritics.Strip("Đường ngập ở Đống Đa, garçon"));

    [Fact]
    public void The_plain_hash_of_a_word_is_the_hash_of_the_word_typed_bare()
    {
        TokenReader written = new("đường", stackalloc char[TokenReader.WordLengthMax]);
        TokenReader bare = new("duong", stackalloc char[TokenReader.WordLengthMax]);
        Assert.True(written.MoveNext() && bare.MoveNext());
        Assert.Equal(bare.Hash, written.PlainHash);
        Assert.NotEqual(bare.Hash, written.Hash);
    }

    [Fact]
    public void A_word_longer_than_the_limit_is_cut()
    {
        TokenReader reader = new(string.Concat(Enumerable.Repeat("ab", 100)), stackalloc char[TokenReader.WordLengthMax]);
        Assert.True(reader.MoveNext());
        Assert.Equal(TokenReader.WordLengthMax, reader.Word.Length);
    }

    private static string[] Read(string text)
    {
        TokenReader reader = new(text, new char[TokenReader.WordLengthMax]);
        List<string> words = [];
        while (reader.MoveNext())
        {
            words.Add(reader.Word.ToString());
        }
        return [.. words];
    }

    // Spelled out here, as the framework decomposes nothing under invariant globalisation: base, then shape or tone, canonical order.
    private static string Decompose(string text)
    {
        Dictionary<char, string> parts = [];
        void Add(string line, string marks)
        {
            for (int i = 1; i < line.Length; i++)
            {
                parts[line[i]] = $"{line[0]}{marks[i - 1]}";
            }
        }

        const string Tones = "\u0300\u0309\u0303\u0301\u0323";
        foreach (string line in (string[])["aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ", "iìỉĩíị"])
        {
            Add(line, Tones);
        }
        foreach ((char letter, string form) in ((char, string)[])[('ă', "a\u0306"), ('â', "a\u0302"), ('ê', "e\u0302"), ('ô', "o\u0302"), ('ơ', "o\u031B"), ('ư', "u\u031B"), ('ç', "c\u0327"), ('ï', "i\u0308")])
        {
            parts[letter] = form;
        }
        // Canonical order puts the dot below before circumflex and breve.
        foreach ((char letter, string form) in ((char, string)[])[('ậ', "a\u0323\u0302"), ('ặ', "a\u0323\u0306"), ('ệ', "e\u0323\u0302"), ('ộ', "o\u0323\u0302")])
        {
            parts[letter] = form;
        }
        string once = string.Concat(text.Select(c => parts.TryGetValue(c, out string? p) ? p : c.ToString()));
        return string.Concat(once.Select(c => parts.TryGetValue(c, out string? p) ? p : c.ToString()));
    }
}
