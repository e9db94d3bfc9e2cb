using System.Text.RegularExpressions;

namespace CityTwin.Ml.Privacy;

/// <summary>The shapes of what is masked, the surer first: what one has found the next can't claim.</summary>
internal static partial class PrivatePatterns
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    internal static IReadOnlyList<(PrivateKind Kind, Regex Pattern)> InOrder { get; } =
    [
        (PrivateKind.Email, Email()),
        (PrivateKind.Phone, Mobile()),
        (PrivateKind.Phone, Landline()),
        (PrivateKind.CitizenId, CitizenId()),
        (PrivateKind.Plate, Plate()),
        (PrivateKind.Phone, CalledPhone()),
        (PrivateKind.IdentityCard, IdentityCard()),
        (PrivateKind.Address, NamedAddress()),
        (PrivateKind.Address, AlleyAddress()),
        (PrivateKind.Address, StreetAddress()),
        (PrivateKind.Address, CapitalAddress()),
    ];

    [GeneratedRegex(@"[a-z0-9][a-z0-9._%+-]*\s?(?:@|\(at\)|\[at\])\s?[a-z0-9-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[a-z0-9-]+)*\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,10}\b", Options)]
    private static partial Regex Email();

    // Mobile prefixes 03, 05, 07, 08, 09 and ten digits (Ministry of Information and Communications, renumbering of 2018).
    [GeneratedRegex(@"(?<![\d/])(?:\(?\+?84\)?[\s.-]?(?:\(0\))?|0|o)(?:[\s.-]?[35789])(?:[\s.-]{0,2}[\doO]){8}(?!\d)", Options)]
    private static partial Regex Mobile();

    // Landlines: 02, area code, ten or eleven digits in all.
    [GeneratedRegex(@"(?<![\d/])\(?(?:\+?84[\s.-]?|0)\)?2\d{1,2}\)?(?:[\s.-]{0,3}\d){7,8}(?!\d)", Options)]
    private static partial Regex Landline();

    // CCCD begins with the code of a province, 001 to 096, then a digit of century and sex.
    [GeneratedRegex(@"(?<![\d.,])0(?:[\s.-]?\d){11}(?![\d]|[.,]\d)", Options)]
    private static partial Regex CitizenId();

    [GeneratedRegex(@"(?<![\p{L}\d/])[1-9]\d[\s.-]{0,2}(?!(?-i:kg|km|cm|mm|m|h|k|g|l|t|p|tr|cu|nk)\b)[A-Z](?:[A-ZĐ]|[1-9])?[\s.-]{1,3}(?:\d{3}[.\s]?\d{2}|\d{4})(?!\d)|(?<![\p{L}\d/])[1-9]\d[A-FGHK-NPSTUVXYZ](?:[1-9A-ZĐ])?\d{3}[.\s]?\d{2}(?!\d)|(?<=\b(?:biển số|bien so|biển kiểm soát|bks|bsx|bs)[\s:]{1,3}(?:xe[\s:]{1,2})?)[1-9]\d[\s.-]?[A-ZĐ]{1,2}\d?[\s.-]?\d{3}[.\s]?\d{1,2}(?!\d)", Options)]
    private static partial Regex Plate();

    [GeneratedRegex(@"(?<=\b(?:sđt|sdt|đt|dt|điện thoại|dien thoai|phone|tel|zalo|hotline|gọi|goi|alo|lh|liên hệ|lien he)(?!\s1[89]00)(?:[\s:.]{1,3}(?:số|so|là|la|tôi|toi|của|cua|em|mình|anh|chị|cho|qua|lại|lai|máy|may)){0,3}[\s:.]{1,3})(?:1900|1800)?\d(?:[\s.-]?\d){6,10}(?!\d)", Options)]
    private static partial Regex CalledPhone();

    // Nine digits in one piece are an identity card; in groups of three they are more often money, so a word must say so.
    [GeneratedRegex(@"(?<![\d.,/#])(?<!\b(?:mã|ma|số|so|code|vận đơn|van don|đơn hàng|don hang|hồ sơ|hóa đơn|tham chiếu)[\s:]{1,2}(?:hồ sơ|ho so|đơn|don|hóa đơn|hoa don|khách hàng|khach hang|tham chiếu)?[\s:]{0,2}(?:số[\s:]{1,2})?)\d{9}(?![\d]|[.,]\d|\s?(?:đ|d|đồng|dong|vnd|vnđ)\b)|(?<=\b(?:cmnd|cmt|cmtnd|chứng minh|chung minh|chứng minh nhân dân|chung minh nhan dan|chứng minh thư|chung minh thu|giấy cmnd)(?:[\s:.]{1,3}(?:số|so|là|la|cũ|cu|của|cua|tôi|toi|em|mình)){0,3}[\s:.]{1,3})\d{3}[\s.-]?\d{3}[\s.-]?\d{3}(?!\d)", Options)]
    private static partial Regex IdentityCard();

    [GeneratedRegex(@"(?<=\b(?:số nhà|so nha|nhà số|nha so|địa chỉ|dia chi|đ/c|đc|dc|căn hộ|can ho|phòng trọ số|phòng số|phong so)(?:[\s:]{1,2}(?:là|la|nhà|nha|ở|o|tôi|toi|em|mình|số|so|tại|tai)){0,3}[\s:]{1,2})(?:số\s|so\s)?(?:[A-Z]{1,2}[\d.-]{0,4}[.-]?)?\d{1,4}[A-Z]?(?:[/.-]\d{1,4}[A-Z]?){0,5}(?!\d|[\p{L}]|\s?(?:giờ|gio|ngày|ngay|người|nguoi|triệu|trieu|m2))(?:[\s,]{1,2}(?:đường|duong|phố|pho|hẻm|hem|kiệt|kiet|ngõ|ngo|ngách|ngach)\s[\p{L}\d/]+(?:\s\p{Lu}\p{Ll}*){0,4})?", Options)]
    private static partial Regex NamedAddress();

    [GeneratedRegex(@"\b(?:số\s|so\s)?\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,4}[\s,]{1,2}(?:hẻm|hem|kiệt|kiet|ngõ|ngo|ngách|ngach)\s\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,4}(?!\d)|(?<![\d/])\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){2,5}(?!/?\d)(?<!\b\d{1,2}/\d{1,2}/(?:19|20)?\d{2})", Options)]
    private static partial Regex AlleyAddress();

    [GeneratedRegex(@"(?<![\p{L}\d./,-])(?:(?:số|so|nhà|nha|tại|tai|ở|o)\s)?(?<!\b(?:km|tuyến|tuyen|xe|buýt|buyt|tổ|to|ấp|ap|thôn|thon|khu phố|khu pho|lúc|luc|quận|quan|phường|phuong|chuyến|chuyen|lần|lan|khoảng|khoang|hơn|hon|gần|gan|trạm|tram|cây|cay|lớp|lop|hẻm|hem|kiệt|kiet|ngõ|ngo|cầu|cau|đội|doi)\s)\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,4},?\s(?:đường\s|duong\s|phố\s|đ\.\s?)(?!(?:bị|bi|hẻm|hem|ray|sắt|sat|làng|lang|nhựa|nhua|phố|đi|di|này|nay|rất|tối|ngập|ngap|hỏng|đang|dang|trong|có|co|một)\b)[\p{L}\d]+(?:\s\p{L}+)?", Options)]
    private static partial Regex StreetAddress();

    // "45/2 Nguyễn Huệ", "ở 45 Nguyễn Huệ": the street's word is left out, its capitals tell.
    [GeneratedRegex(@"(?:(?<![\p{L}\d./,-])(?<!\b(?:ngày|ngay|lễ|đường|duong|hẻm|hem|kiệt|kiet|ngõ|ngo|dịp|tỉ lệ|tuyến|trạm)\s)\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){1,4}|(?<=\b(?:ở|tại|o|tai|số|so|nhà|nha|địa chỉ|dia chi|gần|gan|trước|truoc|quán|quan|tiệm|tiem)\s(?:số\s|so\s|nhà\s|nha\s)?)\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,4}),?\s(?-i:\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*){1,4})", Options)]
    private static partial Regex CapitalAddress();
}
