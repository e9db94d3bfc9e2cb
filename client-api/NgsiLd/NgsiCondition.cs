using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Turns the standard's conditions (q; ETSI GS CIM 009, 4.9) into those of live queries: their grammar is the same, the names are the type's.</summary>
/// <param name="type">The type whose names the condition has.</param>
/// <param name="q">The condition.</param>
internal sealed partial class NgsiCondition(NgsiType type, string q)
{
    private static readonly string[] Operators = ["!~=", "==", "!=", "<=", ">=", "~=", "<", ">"];

    private readonly StringBuilder _own = new(q.Length);
    private int _at;

    /// <summary>The condition in the city's own words. An attribute that the type does not have is one that no entity has.</summary>
    public static string InOwnWords(NgsiType type, string q) => new NgsiCondition(type, Urn().Replace(q, m =>
        NgsiType.All.FirstOrDefault(t => t.Name == m.Groups[1].Value) is { } named ? $"{named.Schema.Type}/{m.Groups[2].Value}" : m.Value)).Read();

    private string Read()
    {
        while (_at < q.Length)
        {
            if (q[_at] is ';' or '|' or '(' or ')' or '!' or ' ')
            {
                _own.Append(q[_at++]);
                continue;
            }
            int start = _at;
            while (_at < q.Length && q[_at] is not (';' or '|' or '(' or ')') && !Operators.Any(o => string.CompareOrdinal(q, _at, o, 0, o.Length) == 0))
            {
                _at++;
            }
            string name = q[start.._at];
            string op = Operators.FirstOrDefault(o => string.CompareOrdinal(q, _at, o, 0, o.Length) == 0) ?? "";
            _at += op.Length;
            Write(name.Trim(), op, op.Length > 0 ? Value() : "");
        }
        return _own.ToString();
    }

    // Up to what ends the term; what is in quotation marks is left alone.
    private string Value()
    {
        int start = _at;
        bool isQuoted = false;
        while (_at < q.Length && (isQuoted || q[_at] is not (';' or '|' or ')')))
        {
            isQuoted ^= q[_at++] == '"';
        }
        return q[start.._at];
    }

    private void Write(string name, string op, string value)
    {
        string known = NgsiType.Short(name);
        int end = known.IndexOfAny(['.', '[']);
        string head = end < 0 ? known : known[..end];
        string part = end < 0 ? "" : known[(end + 1)..].TrimEnd(']');
        string word = value.Trim().Trim('"');
        if (type.Measures.FirstOrDefault(m => m.Name == head) is { } measure && part is "" or "observedAt")
        {
            _own.Append(part.Length == 0 ? measure.Column : measure.MomentColumn).Append(op).Append(part.Length == 0 ? Scaled(value, measure.Scale) : value);
            return;
        }
        (string? ngsi, string? asked) = part is "" or "value" or "object" ? type.Columns.FirstOrDefault(c => c.Ngsi == head) : default;
        if (ngsi == "status" && asked == "open" && op is "==" or "!=")
        {
            _own.Append(word is "open" or "closed" ? $"open{op}{(word == "open" ? "true" : "false")}" : $"{QuerySchema.Absent}{op}{value}");
            return;
        }
        _own.Append(asked ?? (type.Schema.Find(known) is { IsReading: false } own && type.Fixed is null ? own.Name : head == "location" && type.HasPlace ? head : QuerySchema.Absent)).Append(op).Append(value);
    }

    private static string Scaled(string value, double scale) => scale == 1 ? value
        : Number().Replace(value, m => (double.Parse(m.Value, CultureInfo.InvariantCulture) * scale).ToString("0.##########", CultureInfo.InvariantCulture));

    [GeneratedRegex("\"?urn:ngsi-ld:([A-Za-z0-9]+):([0-9A-Za-z]+)\"?")]
    private static partial Regex Urn();

    [GeneratedRegex("""-?\d+(?:\.\d+)?""")]
    private static partial Regex Number();
}
