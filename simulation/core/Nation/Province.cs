using System.Collections.Immutable;

namespace CityTwin.Simulation.Nation;

/// <summary>A province or centrally run city since 1 July 2025.</summary>
/// <param name="Code">The official code.</param>
/// <param name="Name">The Vietnamese name.</param>
/// <param name="Units">Communes, wards and special zones.</param>
/// <param name="Population">Residents, thousands.</param>
public sealed record Province(int Code, string Name, int Units, double Population)
{
    // Resolutions 202/2025/QH15 and 1654-1687/NQ-UBTVQH15: 34 provinces, 3,321 units. Population as published at the merger.
    private const string Facts = """
        01 Hà Nội 126 8807.5;04 Cao Bằng 56 573.1;08 Tuyên Quang 124 1865.3;11 Điện Biên 45 673.1;12 Lai Châu 38 512.6
        14 Sơn La 75 1404.6;15 Lào Cai 99 1778.8;19 Thái Nguyên 92 1799.5;20 Lạng Sơn 65 881.4;22 Quảng Ninh 54 1497.4
        24 Bắc Ninh 99 3619.4;25 Phú Thọ 148 4022.6;31 Hải Phòng 114 4664.1;33 Hưng Yên 104 3567.9;37 Ninh Bình 129 4412.3
        38 Thanh Hóa 166 4324.8;40 Nghệ An 130 3831.7;42 Hà Tĩnh 69 1622.9;44 Quảng Trị 78 1870.8;46 Huế 40 1433.0
        48 Đà Nẵng 94 3065.6;51 Quảng Ngãi 96 2161.8;52 Gia Lai 135 3583.7;56 Khánh Hòa 65 2243.6;66 Đắk Lắk 102 3346.9
        68 Lâm Đồng 124 3873.0;75 Đồng Nai 95 4491.4;79 Hồ Chí Minh 168 14002.6;80 Tây Ninh 96 3254.2;82 Đồng Tháp 102 4370.0
        86 Vĩnh Long 124 4257.6;91 An Giang 102 4952.2;92 Cần Thơ 103 4199.8;96 Cà Mau 64 2606.7
        """;

    /// <summary>All 34, by code.</summary>
    public static ImmutableArray<Province> All { get; } = [.. Facts.Split(['\n', ';'], StringSplitOptions.TrimEntries).Select(Parse)];

    private static Province Parse(string line)
    {
        string[] words = line.Split(' ');
        return new Province(int.Parse(words[0]), string.Join(' ', words[1..^2]), int.Parse(words[^2]), double.Parse(words[^1]));
    }
}
