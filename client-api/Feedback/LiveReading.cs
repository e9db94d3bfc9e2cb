using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Duplicates;
using CityTwin.Ml.Text;

namespace CityTwin.ClientApi.Feedback;

/// <summary>Reads a report as it is being written: what the model makes of it and why, and what stands for the same thing. Stores nothing.</summary>
internal static class LiveReading
{
    private const int ReasonsMax = 8;
    private const int DuplicatesMax = 5;

    /// <summary>Answers.</summary>
    public static async Task AnswerAsync(CityApi api, HttpContext http)
    {
        ClassifyBody body = await BodyReader.ReadAsync(http, ApiJson.Default.ClassifyBody);
        CityRules rules = api.Runtime.Rules;
        Mistakes mistakes = default;
        mistakes.Text("$.text", body.Text, TextLimits.TextMax);
        TwinId commune = mistakes.OptionalId("$.commune", body.Commune, TwinKind.Commune);
        if (!commune.IsNone && !rules.Offices.Contains(commune))
        {
            mistakes.Add("$.commune", $"the city has no {commune}: see /communes");
        }
        GeoPoint? place = CaseFiling.Place(body.Place, "$", ref mistakes);
        mistakes.ThrowIfAny();
        api.Places.Check(place, commune, "$.place", ref mistakes);
        mistakes.ThrowIfAny();

        string text = ReportReader.Mask(body.Text);
        FeedbackModel model = api.Feedback.Reader.Model;
        Prediction prediction = model.Predict(text);
        Prediction.Answer read = prediction.Answers[0];
        bool needsCategory = read.Abstains || rules.Catalogue.Find(read.Label) is not { Kind: CaseKind.Feedback };
        string category = needsCategory ? ReportReader.IntakeCategory(rules) ?? "" : read.Label;
        TwinId office = default;
        bool hasOffice = rules.Catalogue.Find(category) is { } service && CaseRouting.OfficeOf(rules, service, commune, out office) == Refusal.None;
        await Answers.JsonAsync(http, new ClassifyAnswer(
            text, LanguageIdentifier.Identify(text).Language, model.Card.Name, prediction.WordsRead, prediction.WordsKnown, category, needsCategory,
            hasOffice ? office : null, [.. model.Heads.Select((_, h) => Head(model, text, prediction.Answers[h], h))],
            place is { } p ? Alike(api, category, text, p) : []), ApiJson.Default.ClassifyAnswer);
    }

    private static HeadReading Head(FeedbackModel model, string text, Prediction.Answer answer, int number)
    {
        var shares = new LabelShare[answer.Head.Labels.Count];
        for (int c = 0; c < shares.Length; c++)
        {
            shares[c] = new LabelShare(answer.Head.Labels[c], Math.Round(answer.Probabilities[c], 4));
        }
        WordReason[] because = [.. model.Explain(text, number, ReasonsMax).Select(c => new WordReason(c.Words, c.Begin, c.End, Math.Round(c.Weight, 3)))];
        return new HeadReading(
            answer.Head.Name, answer.Label, Math.Round(answer.Probability, 4), answer.Abstains, [.. shares.OrderByDescending(s => s.Probability)], because);
    }

    private static AlikeReading[] Alike(CityApi api, string category, string text, GeoPoint place)
    {
        var report = new Report("", category, api.Runtime.Clock.Now, place.Latitude, place.Longitude, TextSignature.Of(text));
        return [.. api.Feedback.View.Index.Find(report, DuplicatesMax)
            .Select(d => new AlikeReading(TwinId.Parse(d.Case, null), Math.Round(d.Score, 4)))];
    }
}
