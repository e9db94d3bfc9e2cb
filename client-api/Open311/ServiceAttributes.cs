using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Open311;

/// <summary>What each category of reports asks for beyond the usual. The bundled set is configuration, not law: a file of the same form replaces it.</summary>
internal sealed class ServiceAttributes
{
    private static readonly FrozenSet<string> Datatypes = FrozenSet.Create("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist");

    private readonly FrozenDictionary<string, ServiceAttribute[]> _byService;

    private ServiceAttributes(FrozenDictionary<string, ServiceAttribute[]> byService) => _byService = byService;

    /// <summary>The set that comes with CityTwin.</summary>
    public static ServiceAttributes Bundled { get; } = ReadBundled();

    /// <summary>The questions of a category, in their order; empty when it has none.</summary>
    public IReadOnlyList<ServiceAttribute> Of(string service) => _byService.TryGetValue(service, out ServiceAttribute[]? attributes) ? attributes : [];

    /// <summary>The set in a file, or the bundled one where none is named; what is wrong with it is added to the mistakes.</summary>
    public static ServiceAttributes ReadFile(string? path, List<string> mistakes)
    {
        if (path is null)
        {
            return Bundled;
        }
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--open311-attributes: {path}: {e.Message}");
            return Bundled;
        }
    }

    /// <summary>Reads a set: an object with a list of attributes for each service code.</summary>
    /// <exception cref="FormatException">With the place and the reason.</exception>
    public static ServiceAttributes Parse(ReadOnlySpan<byte> json)
    {
        Dictionary<string, ServiceAttribute[]>? read;
        try
        {
            read = JsonSerializer.Deserialize(json, Open311Json.Default.DictionaryStringServiceAttributeArray);
        }
        catch (JsonException e)
        {
            string reason = JsonMistake.Reason(e, Open311Json.Default.DictionaryStringServiceAttributeArray, e.Path ?? "$");
            throw new FormatException($"{e.Path}: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {reason}", e);
        }
        foreach ((string service, ServiceAttribute[] attributes) in read ?? throw new FormatException("$: expected an object, not null"))
        {
            for (int i = 0; i < attributes.Length; i++)
            {
                Check(attributes, i, $"$.{service}[{i}]");
            }
        }
        return new ServiceAttributes(read.ToFrozenDictionary(s => s.Key, s => s.Value.OrderBy(a => a.Order).ToArray()));
    }

    /// <summary>Checks the answers to a category's questions.</summary>
    /// <param name="service">The category.</param>
    /// <param name="given">The answers by code.</param>
    /// <exception cref="Open311Exception">One is missing, unknown, or not of its datatype.</exception>
    public void Check(string service, IReadOnlyDictionary<string, string[]> given)
    {
        IReadOnlyList<ServiceAttribute> asked = Of(service);
        foreach (string code in given.Keys.Where(c => !asked.Any(a => a.Code == c)))
        {
            throw Bad($"attribute[{Mistakes.Short(code)}] is not asked for by {service}");
        }
        foreach (ServiceAttribute attribute in asked.Where(a => a.Variable))
        {
            string[] answers = given.TryGetValue(attribute.Code, out string[]? found) ? [.. found.Where(f => f.Length > 0)] : [];
            if (attribute.Required && answers.Length == 0)
            {
                throw Bad($"attribute[{attribute.Code}] is required: {attribute.Description}");
            }
            if (answers.Length > 1 && attribute.Datatype != "multivaluelist")
            {
                throw Bad($"attribute[{attribute.Code}] takes one value");
            }
            foreach (string answer in answers.Where(a => !Fits(attribute, a)))
            {
                throw Bad($"attribute[{attribute.Code}]: '{Mistakes.Short(answer)}' is not {Expected(attribute)}");
            }
        }
    }

    private static bool Fits(ServiceAttribute attribute, string answer) => attribute.Datatype switch
    {
        "number" => double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number),
        "datetime" => Open311Moments.TryParse(answer, out _),
        "singlevaluelist" or "multivaluelist" => attribute.Values!.Any(v => v.Key == answer),
        _ => true,
    };

    private static string Expected(ServiceAttribute attribute) => attribute.Datatype switch
    {
        "number" => "a number",
        "datetime" => "a moment with its zone",
        _ => $"one of {string.Join(", ", attribute.Values!.Select(v => v.Key))}",
    };

    private static void Check(ServiceAttribute[] attributes, int i, string path)
    {
        ServiceAttribute attribute = attributes[i];
        bool isList = attribute.Datatype is "singlevaluelist" or "multivaluelist";
        string? wrong = !Datatypes.Contains(attribute.Datatype) ? $"datatype: '{attribute.Datatype}' is none of {string.Join(", ", Datatypes.Order(StringComparer.Ordinal))}"
            : string.IsNullOrEmpty(attribute.Code) || attribute.Code.AsSpan().ContainsAny("[]&=\n") ? "code: expected a text without brackets"
            : isList != attribute.Values is { Length: > 0 } ? "values: a list has them, other datatypes have not"
            : attributes.Take(i).Any(a => a.Code == attribute.Code) ? $"code: '{attribute.Code}' again"
            : null;
        if (wrong is not null)
        {
            throw new FormatException($"{path}.{wrong}");
        }
    }

    private static Open311Exception Bad(string description) => new(StatusCodes.Status400BadRequest, description);

    private static ServiceAttributes ReadBundled()
    {
        using Stream stream = typeof(ServiceAttributes).Assembly.GetManifestResourceStream("open311-attributes.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json);
    }
}
