using System.Globalization;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Open311;

/// <summary>Reads a posted report and makes the command of it.</summary>
/// <remarks>Names, e-mail addresses, telephone and device numbers are not read at all: the city keeps no account of people.</remarks>
internal static class RequestForm
{
    /// <summary>Characters of a description.</summary>
    private const int DescriptionMax = 4_000;

    private const int DetailMax = 500;
    private const int AnswersMax = 50;

    /// <summary>The command.</summary>
    /// <exception cref="Open311Exception">Something is missing, unknown or cannot be.</exception>
    public static CaseCommand.FileFeedback Read(Open311Desk desk, IFormCollection form)
    {
        ServiceDefinition service = Service(desk, Text(form, "service_code", TextLimits.CodeMax));
        string? description = Text(form, "description", DescriptionMax);
        string? address = Text(form, "address_string", DetailMax);
        GeoPoint? place = Place(form);
        OfficeProfile commune = Commune(desk, place, address, Text(form, "address_id", TextLimits.CodeMax));
        Dictionary<string, string[]> attributes = Attributes(form);
        desk.Attributes.Check(service.Code, attributes);
        var text = new ReportText(
            string.IsNullOrWhiteSpace(description) ? service.NameVi : ReportReader.Mask(description), address, Media(form),
            [.. attributes.SelectMany(a => a.Value.Where(v => v.Length > 0).Select(v => (a.Key, v)))]);
        string joined = text.Join();
        return joined.Length <= TextLimits.ReportMax
            ? new CaseCommand.FileFeedback(service.Code, commune.Id, Citizen(form), Channel.OnlinePortal, joined, place)
            : throw Bad($"the description, address, media_url and attributes are {joined.Length} characters together: at most {TextLimits.ReportMax} are kept");
    }

    /// <summary>A member of a form, or null when it is missing or empty.</summary>
    /// <exception cref="Open311Exception">It is there twice, or too long.</exception>
    public static string? Text(IFormCollection form, string name, int max)
    {
        Microsoft.Extensions.Primitives.StringValues values = form[name];
        if (values.Count > 1)
        {
            throw Bad($"{name} is given {values.Count} times");
        }
        string? text = values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
        return text is null || text.Length <= max ? text : throw Bad($"{name} is {text.Length} characters long: at most {max} are allowed");
    }

    private static ServiceDefinition Service(Open311Desk desk, string? code)
    {
        if (code is null)
        {
            throw Bad("service_code was not provided");
        }
        return desk.Api.Runtime.Rules.Catalogue.Find(code) is { Kind: CaseKind.Feedback } service
            ? service
            : throw new Open311Exception(StatusCodes.Status404NotFound, $"service_code '{Mistakes.Short(code)}' was not found");
    }

    private static GeoPoint? Place(IFormCollection form)
    {
        string? latitude = Text(form, "lat", 40);
        string? longitude = Text(form, "long", 40);
        if (latitude is null && longitude is null)
        {
            return null;
        }
        return new GeoPoint(Degrees("lat", latitude, 90), Degrees("long", longitude, 180));
    }

    private static double Degrees(string name, string? text, double limit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double degrees) && Math.Abs(degrees) <= limit
            ? degrees
            : throw Bad($"{name}: expected degrees from -{limit} to {limit}; lat and long go together");

    // Coordinates are the surest; then the code; then the words.
    private static OfficeProfile Commune(Open311Desk desk, GeoPoint? place, string? address, string? addressId)
    {
        var finder = new CommuneFinder(desk.Api.View.Board.Offices(desk.Api.Runtime.Clock.Now), desk.Api.Shapes);
        if (place is { } point)
        {
            return finder.At(point) ?? throw Bad($"lat, long: the point lies outside {desk.Api.Definition.NameEn}");
        }
        if (addressId is not null)
        {
            return finder.Coded(addressId) ?? throw new Open311Exception(StatusCodes.Status404NotFound, $"address_id '{addressId}' was not found: it is the code of a commune");
        }
        return address is null
            ? throw Bad("a location is needed: lat and long, or address_string, or address_id")
            : finder.Named(address) ?? throw Bad("address_string names no commune of this city, or more than one; send lat and long");
    }

    private static string? Media(IFormCollection form)
    {
        string? media = Text(form, "media_url", DetailMax);
        return media is null || (Uri.TryCreate(media, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            ? media
            : throw Bad("media_url: expected an address that begins with http:// or https://");
    }

    // Citizens are pseudonyms here: an account_id counts only when it is one.
    private static TwinId Citizen(IFormCollection form) =>
        TwinId.TryParse(Text(form, "account_id", 200), null, out TwinId id) && id.Kind == TwinKind.Citizen ? id : default;

    private static Dictionary<string, string[]> Attributes(IFormCollection form)
    {
        const string Begin = "attribute[";
        Dictionary<string, string[]> attributes = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in form)
        {
            string bare = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
            if (bare.StartsWith(Begin, StringComparison.Ordinal) && bare.EndsWith(']'))
            {
                string code = bare[Begin.Length..^1];
                string[] answers = [.. attributes.GetValueOrDefault(code, []), .. values.Select(v => v ?? "")];
                attributes[code] = answers.Length <= AnswersMax && answers.All(a => a.Length <= DetailMax)
                    ? answers
                    : throw Bad($"{Mistakes.Short(name)}: at most {AnswersMax} values of {DetailMax} characters are taken");
            }
        }
        return attributes;
    }

    private static Open311Exception Bad(string description) => new(StatusCodes.Status400BadRequest, description);
}
