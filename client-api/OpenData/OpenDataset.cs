namespace CityTwin.ClientApi.OpenData;

/// <summary>A dataset and its data dictionary.</summary>
/// <param name="Name">As in its address.</param>
/// <param name="TitleVi">The Vietnamese title.</param>
/// <param name="TitleEn">The English title.</param>
/// <param name="Description">What it says.</param>
/// <param name="Theme">The European data theme it belongs to: its code.</param>
/// <param name="Columns">The columns, in their order.</param>
internal sealed record OpenDataset(string Name, string TitleVi, string TitleEn, string Description, string Theme, OpenColumn[] Columns)
{
    /// <summary>The name of the dataset of cases filed.</summary>
    public const string Volumes = "volumes";

    /// <summary>The name of the dataset of results.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>The name of the dataset of sensors.</summary>
    public const string Sensors = "sensors";

    private static readonly OpenColumn[] Key =
    [
        new("date", "Ngày", "The day, in the city's zone", "date"), new("commune", "Mã phường, xã", "The commune's code; * where several are put together", "string"),
        new("commune_name", "Phường, xã", "The commune's name", "string"), new("service", "Mã thủ tục", "The procedure's or feedback category's code; * where several are put together", "string"),
        new("service_name", "Thủ tục", "Its Vietnamese name", "string"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OpenDataset> All { get; } =
    [
        new(Volumes, "Hồ sơ, phản ánh tiếp nhận theo ngày", "Cases received by day", "Dossiers and reports received, by commune and procedure. Small numbers are put together.", "GOVE",
            [.. Key, new("filed", "Tiếp nhận", "Cases received on the day", "integer")]),
        new(Outcomes, "Kết quả giải quyết theo ngày", "Results by day", "Results given, the share in time and the wait from filing to the result, by commune and procedure. Small numbers are put together.", "GOVE",
            [.. Key, new("results", "Kết quả", "Cases that had a result on the day", "integer"), new("on_time_share", "Tỷ lệ đúng hạn", "Share of them in time, 0 to 1", "decimal"),
                new("wait_days_mean", "Thời gian trung bình", "Mean wait, working days", "decimal"), new("wait_days_median", "Thời gian trung vị", "Median wait, working days", "decimal")]),
        new(Sensors, "Quan trắc theo giờ", "Sensor readings by hour", "Water level, rain, air quality, noise and traffic, by sensor and hour.", "ENVI",
        [
            new("hour", "Giờ", "When the hour begins", "dateTime"), new("sensor", "Mã trạm", "The sensor", "string"), new("kind", "Loại", "water, rain, air, noise or traffic", "string"),
            new("commune", "Mã phường, xã", "The commune's code", "string"), new("latitude", "Vĩ độ", "Degrees north, WGS 84", "decimal"), new("longitude", "Kinh độ", "Degrees east, WGS 84", "decimal"),
            new("measure", "Đại lượng", "What is measured, with its unit", "string"), new("count", "Số lần đo", "Readings in the hour", "integer"), new("min", "Nhỏ nhất", "The least", "decimal"),
            new("mean", "Trung bình", "The mean", "decimal"), new("max", "Lớn nhất", "The greatest", "decimal"),
        ]),
    ];
}

/// <summary>A column.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="TitleVi">The Vietnamese title.</param>
/// <param name="Description">What stands in it.</param>
/// <param name="Datatype">An XML Schema datatype: date, dateTime, string, integer or decimal.</param>
internal sealed record OpenColumn(string Name, string TitleVi, string Description, string Datatype);
