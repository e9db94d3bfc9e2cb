using System.Collections.Frozen;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Ml.Classification;
using CityTwin.Ml.Learning;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Feedback;

/// <summary>Reading reports, saying what they are, and the model that learns from it.</summary>
internal static class FeedbackEndpoints
{
    private const string Tag = "Feedback";
    private const int LookedAtMax = 500;

    private static readonly FrozenSet<string> QueueParameters = FrozenSet.Create("limit");

    /// <summary>Adds the routes.</summary>
    public static void MapFeedback(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Post("/feedback/classify", new RouteDoc(Tag, "ClassifyFeedback", "What the model reads in a report as it is being written; nothing is stored")
        {
            Body = typeof(ClassifyBody),
            Answer = typeof(ClassifyAnswer),
        }, http => LiveReading.AnswerAsync(api, http));
        routes.Get("/feedback/queue", new RouteDoc(Tag, "GetLabellingQueue", "Reports that wait for a person to say what they are, the most useful to label first")
        {
            Answer = typeof(LabellingAnswer),
            Query = [new("limit", "1 to 100, default 20.", "integer")],
        }, http => QueueAsync(api, http));
        routes.Post("/cases/{id}/category", new RouteDoc("Cases", "AssignCategory", "A person says what a report is about; the model learns from it")
        {
            Body = typeof(CategoryBody),
            Answer = typeof(CaseAnswer),
        }, http => AssignAsync(api, http));
        routes.Get("/feedback/model", new RouteDoc(Tag, "GetModel", "The model that reads reports, its versions and its training") { Answer = typeof(ModelReading) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, Reading(api.Feedback), ApiJson.Default.ModelReading);
        });
        routes.Post("/feedback/model/train", new RouteDoc(Tag, "TrainModel", "Trains a model from corrections in the background; it runs only if it beats the running one")
        {
            Body = typeof(EmptyBody),
            Answer = typeof(ModelReading),
            Status = StatusCodes.Status202Accepted,
        }, http => TrainAsync(api, http));
        routes.Post("/feedback/model/rollback", new RouteDoc(Tag, "RollBackModel", "Lets an earlier version of the model run again")
        {
            Body = typeof(RollBackBody),
            Answer = typeof(ModelReading),
        }, http => RollBackAsync(api, http));
        routes.Get("/feedback/drift", new RouteDoc(Tag, "GetDrift", "How far recent reports are from those the model knows") { Answer = typeof(DriftReading) }, http =>
            DriftAsync(api.Feedback, http));
    }

    private static async Task QueueAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, QueueParameters);
        int limit = query.Number("limit", 1, 100, 20);
        query.ThrowIfAny();
        FeedbackModel model = api.Feedback.Reader.Model;
        Prediction prediction = model.NewPrediction();
        var queue = new LabellingQueue(limit);
        var items = new Dictionary<string, LabellingItem>();
        foreach (TwinId id in api.Feedback.View.Waiting(LookedAtMax))
        {
            if ((await api.Runtime.ReadAsync(id)).State is not CaseState { NeedsCategory: true, Description: { } text } state)
            {
                continue;
            }
            model.Predict(text, prediction);
            Prediction.Answer category = prediction.Answers[0];
            if (queue.Offer(id.ToString(), text, prediction))
            {
                items[id.ToString()] = new LabellingItem(
                    id, text, 0, category.Label, Math.Round(category.Probability, 4), state.Office, state.FiledAt, state.DueAt);
            }
        }
        LabellingItem[] ordered = [.. queue.Take(limit).Select(c => items[c.Case] with { Usefulness = Math.Round(c.Usefulness, 4) })];
        await Answers.JsonAsync(http, new LabellingAnswer(api.Feedback.View.WaitingCount, ordered), ApiJson.Default.LabellingAnswer);
    }

    private static async Task AssignAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Case);
        CategoryBody body = await BodyReader.ReadAsync(http, ApiJson.Default.CategoryBody);
        TwinCommand command = Commands.Make(api, body, static (CategoryBody b, CityRules rules, ref Mistakes m) =>
        {
            m.Text("$.category", b.Category, TextLimits.CodeMax);
            if (b.Category is { Length: > 0 } && rules.Catalogue.Find(b.Category) is not { Kind: CaseKind.Feedback })
            {
                m.Add("$.category", $"the catalogue has no feedback category '{Mistakes.Short(b.Category)}': see /city/catalogue");
            }
            return new CaseCommand.AssignCategory(b.Category!, m.OptionalId("$.official", b.Official, TwinKind.Official), b.Urgency);
        });
        if (await Commands.SendAsync(api, http, id, command) is not { } reply)
        {
            return;
        }

        // What is repeated is kept again: of several corrections of one text the last stands, and none is lost to a failure in between.
        if ((reply.Status == ReplyStatus.Accepted || reply.Repeated) && reply.State is CaseState state)
        {
            api.Feedback.Correct(id, state.Citizen, state.Description, body.Category!, body.Level, body.Urgency);
        }
        await CaseEndpoints.AnswerAsync(http, id, reply);
    }

    private static async Task TrainAsync(CityApi api, HttpContext http)
    {
        await BodyReader.ReadAsync(http, ApiJson.Default.EmptyBody);
        CityFeedback feedback = api.Feedback;
        if (feedback.Corrections().Bytes == feedback.Shelf.State.LearntBytes)
        {
            throw new ProblemException(Problem.NothingToLearn);
        }
        if (!feedback.Training.TryStart())
        {
            throw new ProblemException(Problem.TrainingRuns);
        }
        await Answers.JsonAsync(http, Reading(feedback), ApiJson.Default.ModelReading, StatusCodes.Status202Accepted);
    }

    private static async Task RollBackAsync(CityApi api, HttpContext http)
    {
        RollBackBody body = await BodyReader.ReadAsync(http, ApiJson.Default.RollBackBody);
        Mistakes mistakes = default;
        mistakes.OptionalText("$.version", body.Version, TextLimits.NameMax);
        mistakes.ThrowIfAny();
        if (!api.Feedback.Shelf.RollBack(body.Version))
        {
            throw new ProblemException(Problem.UnknownModel);
        }
        await api.Feedback.TakeUpAsync(api.Runtime, http.RequestAborted);
        await Answers.JsonAsync(http, Reading(api.Feedback), ApiJson.Default.ModelReading);
    }

    private static Task DriftAsync(CityFeedback feedback, HttpContext http)
    {
        QueryReader.TakesNone(http);
        ReportReader reader = feedback.Reader;
        DriftReport drift = reader.Drift.Report();
        return Answers.JsonAsync(http, new DriftReading(
            reader.Model.Card.Name, drift.Messages, Math.Round(drift.WordIndex, 4), Math.Round(drift.LabelIndex, 4), Math.Round(drift.KnownShare, 4),
            feedback.DriftAlarmIndex, drift.Alarm), ApiJson.Default.DriftReading);
    }

    private static ModelReading Reading(CityFeedback feedback)
    {
        (IReadOnlyList<Example> corrections, long bytes) = feedback.Corrections();
        ShelfState shelf = feedback.Shelf.State;
        return new ModelReading(shelf.Running, corrections.Count, bytes != shelf.LearntBytes, feedback.Training.Reading, shelf.Versions);
    }
}
