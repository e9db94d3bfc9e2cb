using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class LifeOfACaseTests(RunningCity city)
{
    [Fact]
    public async Task A_dossier_goes_from_filing_to_rating()
    {
        JsonElement filed = (await city.FileAsync("citizen/000000001001")).GetProperty("case");
        string id = RunningCity.Plural(filed.GetProperty("id").GetString()!);
        string desk = RunningCity.Plural(filed.GetProperty("desk").GetString()!);
        Assert.Equal("queued", filed.GetProperty("stage").GetString());
        string official = (await city.GetAsync("/" + desk)).GetProperty("officials")[0].GetString()!;

        JsonElement taken = await city.PostAsync($"/{desk}/take-next", new { official });
        string first = taken.GetProperty("taken").GetString()!;
        if (RunningCity.Plural(first) != id)
        {
            await city.PostAsync($"/{desk}/resolve", new { official, @case = first });
            await city.PostAsync($"/{desk}/start", new { official, @case = filed.GetProperty("id").GetString() });
        }
        JsonElement asked = await city.PostAsync($"/{id}/ask", new { official, question = "Which of the two names?" });
        Assert.Equal("waitingForCitizen", Stage(asked));
        JsonElement answered = await city.PostAsync($"/{id}/answer", new { text = "The second." });
        Assert.Equal("queued", Stage(answered));
        await city.PostAsync($"/{desk}/start", new { official, @case = filed.GetProperty("id").GetString() });
        JsonElement resolved = await city.PostAsync($"/{id}/resolve", new { official, outcome = "Granted" });
        Assert.Equal("resolved", Stage(resolved));
        Assert.True(resolved.GetProperty("case").GetProperty("onTime").GetBoolean());
        Assert.Equal("returned", Stage(await city.PostAsync($"/{id}/return", new { })));
        JsonElement rated = await city.PostAsync($"/{id}/rate", new { score = 5, comment = "Nhanh quá!" });
        Assert.Equal(5, rated.GetProperty("case").GetProperty("rating").GetInt32());
        Assert.Equal("closed", Stage(await city.PostAsync($"/{id}/close", new { })));

        JsonElement history = await city.GetAsync($"/{id}/history");
        string[] types = [.. history.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];
        Assert.Equal("CaseFiled", types[0]);
        Assert.Equal("CaseClosed", types[^1]);
        Assert.Contains("CitizenAnswered", types);
    }

    [Fact]
    public async Task A_report_is_escalated_sent_back_moved_and_withdrawn()
    {
        string category = (await city.GetAsync("/city/catalogue")).GetProperty("services").EnumerateArray()
            .First(s => s.GetProperty("kind").GetString() == "feedback" && s.GetProperty("level").GetString() == "commune").GetProperty("code").GetString()!;
        JsonElement filed = (await city.PostAsync("/cases", new
        {
            kind = "feedback",
            service = category,
            commune = RunningCity.Commune,
            channel = "hotline",
            description = "Đèn đường hỏng",
            place = new { latitude = 16.47, longitude = 107.58 },
        })).GetProperty("case");
        string id = filed.GetProperty("id").GetString()!;
        string path = RunningCity.Plural(id);
        JsonElement escalated = await city.PostAsync($"/{path}/escalate", new { official = await StartAsync(filed), reason = "Not ours" });
        JsonElement above = escalated.GetProperty("case");
        Assert.StartsWith("department/", above.GetProperty("office").GetString(), StringComparison.Ordinal);
        JsonElement back = await city.PostAsync($"/{RunningCity.Plural(above.GetProperty("desk").GetString()!)}/send-back", new { official = await StartAsync(above), reason = "Yours", @case = id });
        Assert.Equal(RunningCity.Commune, back.GetProperty("case").GetProperty("office").GetString());
        JsonElement moved = await city.PostAsync($"/{path}/reassign", new { office = "commune/19774", reason = "Across the street" });
        Assert.Equal("commune/19774", moved.GetProperty("case").GetProperty("office").GetString());
        Assert.Equal("withdrawn", Stage(await city.PostAsync($"/{path}/withdraw", new { reason = "Mended" })));
    }

    [Fact]
    public async Task Rejection_and_objection_begin_the_case_again()
    {
        (string id, string desk, string official) = await city.TakenAsync("citizen/000000001003");
        string path = RunningCity.Plural(id);
        Assert.Equal("rejected", Stage(await city.PostAsync($"/{RunningCity.Plural(desk)}/reject", new { official, reason = "Not entitled", @case = id })));
        JsonElement reopened = await city.PostAsync($"/{path}/reopen", new { reason = "I am" });
        Assert.Equal("queued", Stage(reopened));
        Assert.Equal(1, reopened.GetProperty("case").GetProperty("reopenings").GetInt32());
    }

    [Fact]
    public async Task Documents_given_once_are_not_asked_for_again()
    {
        const string Citizen = "citizen/000000001004";
        (string id, _, string official) = await city.TakenAsync(Citizen);
        await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        JsonElement second = (await city.FileAsync(Citizen, [])).GetProperty("case");
        Assert.Equal(2, second.GetProperty("reused").GetInt32());
        Assert.Equal("queued", second.GetProperty("stage").GetString());

        JsonElement ledger = await city.PostAsync($"/{RunningCity.Plural(Citizen)}/documents/citizen-id/revoke", new { reason = "Lost" });
        Assert.DoesNotContain(ledger.GetProperty("ledger").GetProperty("documents").EnumerateArray(), d => d.GetProperty("code").GetString() == "citizen-id" && d.GetProperty("verified").GetBoolean());
        JsonElement third = (await city.FileAsync(Citizen, [])).GetProperty("case");
        Assert.Equal("waitingForCitizen", third.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Officials_have_a_record()
    {
        (string id, string desk, string official) = await city.TakenAsync("citizen/000000001005");
        await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        JsonElement record = await city.GetAsync("/" + RunningCity.Plural(official));
        Assert.True(record.GetProperty("handled").GetInt64() >= 1);
        Assert.Equal(desk, record.GetProperty("desk").GetString());
    }

    private async Task<string> StartAsync(JsonElement filed)
    {
        string desk = RunningCity.Plural(filed.GetProperty("desk").GetString()!);
        string official = (await city.GetAsync("/" + desk)).GetProperty("officials")[0].GetString()!;
        await city.PostAsync($"/{desk}/start", new { official, @case = filed.GetProperty("id").GetString() });
        return official;
    }

    private static string Stage(JsonElement answer) => answer.GetProperty("case").GetProperty("stage").GetString()!;
}
