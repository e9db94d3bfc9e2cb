using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CityTwin.ClientApi.Tests.Open311;

/// <summary>What GeoReport v2 says of each answer: which elements there are, in which order we write them, and what may stand in them.</summary>
internal static partial class GeoReportRules
{
    private static readonly Dictionary<string, (string Root, string Item, (string Name, Func<string, bool> Fits)[] Members)> Lists = new()
    {
        ["services"] = ("services", "service",
        [
            ("service_code", IsText), ("service_name", IsText), ("description", IsText), ("metadata", IsFlag), ("type", v => v is "realtime" or "batch" or "blackbox"),
            ("keywords", IsText), ("group", IsText),
        ]),
        ["requests"] = ("service_requests", "request",
        [
            ("service_request_id", IsText), ("status", v => v is "open" or "closed"), ("status_notes", Any), ("service_name", IsText), ("service_code", IsText),
            ("description", Any), ("agency_responsible", IsText), ("service_notice", Any), ("requested_datetime", IsMoment), ("updated_datetime", IsMoment),
            ("expected_datetime", IsMoment), ("address", Any), ("address_id", Any), ("zipcode", Any), ("lat", IsDegrees), ("long", IsDegrees), ("media_url", Any),
        ]),
        ["filed"] = ("service_requests", "request", [("service_request_id", IsText), ("service_notice", Any), ("account_id", Any)]),
        ["tokens"] = ("service_requests", "request", [("service_request_id", IsText), ("token", IsText)]),
        ["updates"] = ("service_request_updates", "request_update",
        [
            ("update_id", IsText), ("service_request_id", IsText), ("status", v => v is "open" or "closed"), ("updated_datetime", IsMoment), ("description", Any), ("media_url", Any),
        ]),
    };

    /// <summary>Checks an answer in both forms, and that both say the same.</summary>
    public static void AssertFits(string kind, JsonElement json, XElement xml)
    {
        (string root, string item, (string Name, Func<string, bool> Fits)[] members) = Lists[kind];
        Assert.Equal(root, xml.Name.LocalName);
        Assert.All(xml.Elements(), e => Assert.Equal(item, e.Name.LocalName));
        JsonElement[] items = [.. json.EnumerateArray()];
        XElement[] elements = [.. xml.Elements()];
        Assert.Equal(items.Length, elements.Length);
        for (int i = 0; i < items.Length; i++)
        {
            Assert.Equal(members.Select(m => m.Name), items[i].EnumerateObject().Select(p => p.Name));
            Assert.Equal(members.Select(m => m.Name), elements[i].Elements().Select(e => e.Name.LocalName));
            foreach ((string name, Func<string, bool> fits) in members)
            {
                string value = elements[i].Element(name)!.Value;
                JsonElement told = items[i].GetProperty(name);
                Assert.Equal(told.ValueKind switch { JsonValueKind.Null => "", JsonValueKind.String => told.GetString(), _ => told.GetRawText() }, value);
                Assert.True(fits(value), $"{kind} {name}: {value}");
            }
        }
    }

    public static bool IsMoment(string value) => W3Moment().IsMatch(value);

    private static bool IsText(string value) => value.Length > 0;

    private static bool Any(string value) => true;

    private static bool IsFlag(string value) => value is "true" or "false";

    private static bool IsDegrees(string value) =>
        value.Length == 0 || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double degrees) && Math.Abs(degrees) <= 180);

    // The zone is the city's: the standard asks for one, the issue for this one.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$")]
    private static partial Regex W3Moment();
}
