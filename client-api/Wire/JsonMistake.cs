using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Wire;

/// <summary>Says in the user's words what the JSON reader found wrong, without the names of our types.</summary>
internal static partial class JsonMistake
{
    private static readonly (string Sign, string Reason)[] Reasons =
    [
        ("TwinId", IdJson.Expected),
        (nameof(EventMode), Words<EventMode>.Expected),
        (nameof(ChangeKind), $"expected a list of words: {Words<ChangeKind>.Expected}"),
        (nameof(Channel), Words<Channel>.Expected),
        (nameof(CaseKind), Words<CaseKind>.Expected),
        (nameof(Urgency), Words<Urgency>.Expected),
        (nameof(Discipline), Words<Discipline>.Expected),
        (nameof(Level), Words<Level>.Expected),
        (nameof(OfficeKind), Words<OfficeKind>.Expected),
        ("System.String[]", "expected a list of texts"),
        ("[]", "expected a list"),
        ("System.String", "expected a text"),
        ("System.Int32", "expected a whole number"),
        ("System.Int64", "expected a whole number"),
        ("System.Double", "expected a number"),
        ("System.Decimal", "expected a number"),
        ("System.Boolean", "expected true or false"),
        ("System.DateTimeOffset", "expected a moment with its zone, as \"2026-11-22T08:00:00+07:00\""),
        ("System.DateOnly", "expected a date, as \"2026-11-22\""),
        ("CityTwin", "expected an object"),
    ];

    /// <summary>The problem for a body that could not be read.</summary>
    /// <param name="e">What the reader says.</param>
    /// <param name="body">The type that the body should have had.</param>
    public static Problem Of(JsonException e, JsonTypeInfo body)
    {
        string path = string.IsNullOrEmpty(e.Path) ? "$" : e.Path;
        string place = e.LineNumber is { } line ? $" Line {line + 1}, byte {e.BytePositionInLine + 1}." : "";
        string reason = Reason(e, body, path);
        return Problem.MalformedBody($"{char.ToUpperInvariant(reason[0])}{reason[1..]}, at {path}.{place}", [new FieldError(path, reason)]);
    }

    /// <summary>What was wrong at a path of a text that should have been of a type.</summary>
    public static string Reason(JsonException e, JsonTypeInfo body, string path)
    {
        string message = e.Message;
        int appended = message.IndexOf(" Path: ", StringComparison.Ordinal);
        message = appended > 0 ? message[..appended].TrimEnd('.', ' ') : message.TrimEnd('.', ' ');
        if (message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return "unknown member";
        }
        if (message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "the member is there twice";
        }
        if (!message.Contains("could not be converted", StringComparison.Ordinal))
        {
            // Syntax: the reader's own words say which byte was not expected.
            int stray = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return stray > 0 ? message[..stray].TrimEnd('.', ' ') : message;
        }
        if (e.InnerException is InvalidOperationException { InnerException: DecoderFallbackException })
        {
            return "the text is not UTF-8";
        }
        // The reader names the type of the whole object where a member of it was wrong: the path leads to the member's own.
        string of = TypeAt(body, path)?.FullName ?? message[(message.LastIndexOf("to ", StringComparison.Ordinal) + 3)..];
        foreach ((string sign, string reason) in Reasons)
        {
            if (of.Contains(sign, StringComparison.Ordinal))
            {
                return reason;
            }
        }
        return "is not of the right type";
    }

    private static Type? TypeAt(JsonTypeInfo body, string path)
    {
        JsonTypeInfo? at = body;
        foreach (Match step in Step().Matches(path))
        {
            Type? next = step.Groups["member"] is { Success: true, Value: var member }
                ? at.Kind == JsonTypeInfoKind.Dictionary ? at.ElementType : at.Properties.FirstOrDefault(p => p.Name == member)?.PropertyType
                : at.ElementType;
            if (next is null || !body.Options.TryGetTypeInfo(next, out at))
            {
                return null;
            }
        }
        return Nullable.GetUnderlyingType(at.Type) ?? at.Type;
    }

    [GeneratedRegex(@"\.(?<member>\w+)|\[\d+\]")]
    private static partial Regex Step();
}
