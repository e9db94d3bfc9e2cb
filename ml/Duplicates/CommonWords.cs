using System.Collections.Frozen;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Duplicates;

/// <summary>Words, without diacritics, that say nothing of what a report is about: greetings, pleas, grammar.</summary>
internal static class CommonWords
{
    private const string Words = """
        kinh gui thua chao anh chi em toi minh ban oi a nhe nha voi giup xin cam on mong de nghi phan anh bao cho hoi som xu ly
        giai quyet quan tam kiem tra va la thi ma o tai cua cac nhung nay do day kia co khong duoc bi da dang se roi lai cung rat
        qua lam luon nua thay vi nen khi tu den toi hom nay qua sang chieu dem mot vai nguoi dan chung ta ho oi nhu vay cho ve
        ubnd phuong co quan chuc nang the please hello thanks a an is are in on at of to and for we my our it
        """;

    private static readonly FrozenSet<ulong> Hashes =
        Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => TextHash.Of(w)).ToFrozenSet();

    internal static bool Contains(ulong plainHash) => Hashes.Contains(plainHash);
}
