using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Tests.Queries;

public sealed class QueryParserTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("stag==queued", 0, "stage")]
    [InlineData("stage==queud", 7, "queued")]
    [InlineData("stage==queued;dedline<now", 14, "deadline")]
    [InlineData("deadline<now + 4 working hors", 25, "hours")]
    [InlineData("service.feild==land", 0, "service.field")]
    [InlineData("open==yes", 6, null)]
    [InlineData("stage==queued;", 14, null)]
    [InlineData("stage==queued)", 13, null)]
    [InlineData("(stage==queued", 14, null)]
    [InlineData("stage queued", 6, null)]
    [InlineData("overdue<true", 7, null)]
    [InlineData("service~=\"(\"", 10, null)]
    [InlineData("service~=\"a\\1\"", 12, null)]
    [InlineData("service==\"a", 9, null)]
    [InlineData("rating==1..", 11, null)]
    [InlineData("rating<1..2", 6, null)]
    [InlineData("commune==department/4601", 9, null)]
    [InlineData("", 0, null)]
    public void A_mistake_names_the_character_and_what_was_probably_meant(string text, int at, string? nearest)
    {
        QueryMistake mistake = Assert.Throws<QueryFormatException>(() => Parse(text)).Mistake;
        output.WriteLine(mistake.ToString());
        Assert.Equal("q", mistake.Parameter);
        Assert.Equal(at, mistake.At);
        Assert.Equal(nearest, mistake.Nearest);
    }

    [Theory]
    [InlineData("deadline < now + 4 working hours")]
    [InlineData("deadline<now   4 working hours")]
    [InlineData("deadline<now-2h")]
    [InlineData("deadline==2026-01-05T07:00:00 07:00..2026-01-06")]
    [InlineData("service[field]==\"land\"")]
    [InlineData("stage==queued,inProgress;(overdue==true|urgency>=high)")]
    [InlineData("!(!desk)|!rating")]
    [InlineData("description~=\"ngap duong\"")]
    [InlineData("location.latitude==16.4..16.5")]
    public void Good_conditions_are_read(string text) => Assert.NotNull(Parse(text));

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_in_it()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces =
        [
            "stage", "deadline", "==", "!=", "<", ">=", "~=", "!~=", ";", "|", "(", ")", "[", "]", ".", "..", ",", "!", "\"", "\\", "now", "+", "-", "4", " ",
            "working", "hours", "queued", "2026-01-05", "2026-01-05T08:00:00Z", "commune/1", "ngập", "\u0000", "😀", "9999999999999999999999", "true", "rating", "(((((",
        ];
        for (int i = 0; i < 40_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Parse(text);
            }
            catch (QueryFormatException e)
            {
                Assert.InRange(e.Mistake.At, 0, text.Length);
            }
        }
    }

    [Fact]
    public void Deep_nesting_and_long_texts_are_refused_and_not_followed()
    {
        Assert.Throws<QueryFormatException>(() => Parse(new string('(', 10_000)));
        Assert.Throws<QueryFormatException>(() => Parse(new string('!', 10_000) + "open"));
        Assert.Throws<QueryFormatException>(() => Parse(new string('a', QueryParser.LengthMax + 1)));
    }

    [Theory]
    [InlineData("cas", null, null, "type", 0)]
    [InlineData("case", "deadlin", null, "orderBy", 0)]
    [InlineData("case", "deadline,!urgenc", null, "orderBy", 10)]
    [InlineData("case", null, "id,descriptio", "select", 3)]
    public void Lists_are_checked_as_conditions_are(string type, string? order, string? select, string parameter, int at)
    {
        QueryMistake mistake = Assert.Throws<QueryFormatException>(() =>
            CityQuery.Read(new QueryRequest { Type = type, OrderBy = order, Select = select }, CityUnderTestRules.Calendar)).Mistake;
        Assert.Equal((parameter, at), (mistake.Parameter, mistake.At));
        Assert.NotNull(mistake.Nearest);
    }

    [Fact]
    public void Every_attribute_of_every_kind_is_documented_and_has_one_name()
    {
        foreach (QuerySchema schema in QuerySchema.All)
        {
            Assert.All(schema.Attributes, a => Assert.EndsWith(".", a.Description, StringComparison.Ordinal));
            Assert.Equal(schema.Attributes.Count, schema.Attributes.Select(a => a.Name).Distinct().Count());
            Assert.All(schema.Attributes.Where(a => a.Type == QueryType.Word), a => Assert.NotEmpty(a.Words));
            Assert.All(schema.Attributes.Where(a => a.Type == QueryType.Id), a => Assert.NotEmpty(a.Kinds));
        }
    }

    private static QueryNode Parse(string text) => QueryParser.Parse(text, QuerySchema.Of("case")!, CityUnderTestRules.Calendar);
}
