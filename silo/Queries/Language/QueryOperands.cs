using System.Globalization;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Reads the values that an attribute is compared with, by the attribute's type.</summary>
internal sealed class QueryOperands(QueryScanner scanner, WorkCalendar calendar, QueryAttribute attribute)
{
    private static readonly string[] MomentFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    private static readonly Dictionary<string, TimeUnit> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s"] = TimeUnit.Second,
        ["sec"] = TimeUnit.Second,
        ["second"] = TimeUnit.Second,
        ["seconds"] = TimeUnit.Second,
        ["m"] = TimeUnit.Minute,
        ["min"] = TimeUnit.Minute,
        ["minute"] = TimeUnit.Minute,
        ["minutes"] = TimeUnit.Minute,
        ["h"] = TimeUnit.Hour,
        ["hour"] = TimeUnit.Hour,
        ["hours"] = TimeUnit.Hour,
        ["d"] = TimeUnit.Day,
        ["day"] = TimeUnit.Day,
        ["days"] = TimeUnit.Day,
        ["w"] = TimeUnit.Week,
        ["week"] = TimeUnit.Week,
        ["weeks"] = TimeUnit.Week,
    };

    private static readonly string[] UnitNames = ["minutes", "hours", "days", "weeks", "working minutes", "working hours", "working days"];

    /// <summary>A value, or a range.</summary>
    public QueryOperand Read()
    {
        QueryPoint low = Point();
        if (!scanner.TakeRange())
        {
            return new QueryOperand(low, low);
        }
        if (attribute.Type is QueryType.Flag or QueryType.Id)
        {
            throw scanner.Mistake(scanner.At - 2, $"'{attribute.Name}' has no ranges", [",", ";", "|"]);
        }
        return new QueryOperand(low, Point());
    }

    private QueryPoint Point()
    {
        scanner.Peek();
        int at = scanner.At;
        if (attribute.Type == QueryType.Moment && scanner.TakeWord("now"))
        {
            return new QueryPoint.Relative(Steps());
        }
        string? quoted = scanner.Quoted();
        string text = quoted ?? scanner.Bare();
        if (text.Length == 0 && quoted is null)
        {
            throw scanner.Unexpected(attribute.Example);
        }
        return attribute.Type switch
        {
            QueryType.Moment => Moment(text, at),
            QueryType.Number => Same(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && double.IsFinite(n)
                ? QueryValue.Of(n) : throw Wrong(at, text)),
            QueryType.Flag => Same(text is "true" or "false" ? QueryValue.Of(text == "true") : throw Wrong(at, text)),
            QueryType.Word => Same(attribute.Word(text) is { IsNone: false } word ? word : throw Wrong(at, text)),
            QueryType.Id => Same(Id(text, at)),
            _ => Same(QueryValue.Of(text) is { IsNone: false } value ? value : throw Wrong(at, text)),
        };
    }

    private RelativeTime Steps()
    {
        List<TimeStep> steps = [];
        while (true)
        {
            bool back = scanner.Take("-");

            // A '+' may have become a blank on its way through an address.
            bool forth = !back && (scanner.Take("+") || char.IsAsciiDigit(scanner.Peek()));
            if (!back && !forth)
            {
                return new RelativeTime(steps);
            }
            double count = scanner.Number() ?? throw scanner.Unexpected("a number");
            bool working = scanner.TakeWord("working");
            scanner.Peek();
            int at = scanner.At;
            string word = scanner.Letters();
            if (!Units.TryGetValue(word, out TimeUnit unit))
            {
                throw scanner.Mistake(at, word.Length == 0 ? "the unit is missing" : $"there is no unit '{word}'", UnitNames, NearestName.To(word, Units.Keys));
            }
            steps.Add(new TimeStep(back ? -count : count, unit, working));
        }
    }

    private QueryPoint.Fixed Moment(string text, int at)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day < DateOnly.MaxValue)
        {
            DateTimeOffset begins = calendar.At(day, TimeOnly.MinValue);
            return new QueryPoint.Fixed(QueryValue.OfMoment(begins), QueryValue.OfMoment(begins.AddDays(1).AddMilliseconds(-1)));
        }
        return DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? Same(QueryValue.OfMoment(moment))
            : throw Wrong(at, text);
    }

    private QueryValue Id(string text, int at)
    {
        if (TwinId.TryParse(text, null, out TwinId id) && attribute.Kinds.Contains(id.Kind))
        {
            return QueryValue.Of(id);
        }
        bool isNumber = attribute.Kinds is [var only] && TwinId.TryParseNumber(only, text, out id);
        return isNumber ? QueryValue.Of(id) : throw Wrong(at, text);
    }

    private QueryFormatException Wrong(int at, string text) => scanner.Mistake(
        at, $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no value of '{attribute.Name}'",
        attribute.Words.Count > 0 ? attribute.Words : [attribute.Example], NearestName.To(text, attribute.Words));

    private static QueryPoint.Fixed Same(QueryValue value) => new(value, value);
}
