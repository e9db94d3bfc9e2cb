using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>The words that the driver's citizens and officials use.</summary>
internal static class Phrases
{
    public const string Question = "Đề nghị bổ sung thông tin trong tờ khai.";
    public const string Reply = "Tôi đã bổ sung theo yêu cầu.";
    public const string TakenBack = "Tôi không còn nhu cầu.";
    public const string Upward = "Vượt thẩm quyền của cấp xã.";
    public const string Downward = "Thuộc thẩm quyền của cấp xã.";
    public const string TurnedDown = "Hồ sơ không đủ điều kiện theo quy định.";
    public const string Objection = "Kết quả chưa đúng với yêu cầu.";

    private static readonly string[] Reports =
    [
        "kéo dài nhiều ngày, đề nghị xử lý sớm", "gây nguy hiểm cho người đi đường", "ảnh hưởng đến sinh hoạt của người dân",
        "đã phản ánh nhưng chưa được khắc phục", "xảy ra thường xuyên vào buổi tối", "ngay trước cổng trường học",
    ];

    /// <summary>A report of a category, in one of a few wordings.</summary>
    public static string Report(ServiceDefinition category, ulong bits) =>
        string.Concat(category.NameVi, ": ", Reports[(int)(bits % (ulong)Reports.Length)], ".");
}
