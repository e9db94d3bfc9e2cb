using System.Collections.Frozen;

namespace CityTwin.Ml.Text;

/// <summary>The short spellings of Vietnamese chat (teencode) and of offices, with what they stand for.</summary>
internal static class Teencode
{
    /// <summary>The longest short spelling, in characters.</summary>
    internal const int LengthMax = 6;

    // Only spellings that are no Vietnamese syllable of their own, so that a message without diacritics is not bent.
    private const string Spellings = """
        ko:không k:không kg:không kh:không hok:không k0:không kô:không kbh:không+bao+giờ
        dc:được đc:được đx:được dx:được vs:với j:gì gj:gì cx:cũng cg:cũng r:rồi rùi:rồi
        bh:bây+giờ h:giờ mn:mọi+người mng:mọi+người ng:người nta:người+ta ngta:người+ta ntn:như+thế+nào
        wa:quá wá:quá qá:quá zậy:vậy trc:trước trog:trong nx:nữa ms:mới lm:làm
        thik:thích bik:biết bt:bình+thường ae:anh+em bn:bạn
        vde:vấn+đề đt:điện+thoại sdt:số+điện+thoại sđt:số+điện+thoại xl:xin+lỗi cty:công+ty
        gt:giao+thông tgian:thời+gian nhìu:nhiều nhiu:nhiều đg:đang dg:đang đag:đang vl:quá vkl:quá
        ktra:kiểm+tra ktr:kiểm+tra qlý:quản+lý ubnd:ủy+ban cq:chính+quyền cqcn:cơ+quan+chức+năng
        csgt:cảnh+sát+giao+thông dv:dịch+vụ hs:hồ+sơ tthc:thủ+tục+hành+chính hđ:hoạt+động
        """;

    private static readonly FrozenDictionary<ulong, Word[]> Known = Build();

    /// <summary>A word with its hashes.</summary>
    internal sealed record Word(string Letters, ulong Hash, ulong PlainHash);

    /// <summary>What a short spelling stands for, one or more words.</summary>
    internal static bool TryGet(ulong hash, out Word[] spelled) => Known.TryGetValue(hash, out spelled!);

    private static FrozenDictionary<ulong, Word[]> Build()
    {
        Dictionary<ulong, Word[]> known = [];
        foreach (string entry in Spellings.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = entry.IndexOf(':', StringComparison.Ordinal);
            known[TextHash.Of(entry.AsSpan(0, colon))] =
                [.. entry[(colon + 1)..].Split('+').Select(w => new Word(w, TextHash.Of(w), TextHash.Of(Diacritics.Strip(w))))];
        }
        return known.ToFrozenDictionary();
    }
}
