using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Sensors;

/// <summary>Sensors: registering, configuring, looking at one, acknowledging and silencing its alerts.</summary>
internal static class SensorEndpoints
{
    private const string Tag = "Sensors";
    private const int TextMax = 400;
    private const double OffsetMax = 100;

    /// <summary>Adds the routes.</summary>
    public static void MapSensors(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.MapSensorLists(api);
        routes.Post("/sensors", new RouteDoc(Tag, "RegisterSensor", "A device becomes known") { Body = typeof(RegisterSensorBody), Answer = typeof(SensorAnswer) }, http => RegisterAsync(api, http));
        routes.Get("/sensors/{id}", new RouteDoc(Tag, "GetSensor", "A sensor with its alerts, latest reading and statistics, now or as of a moment")
        {
            Answer = typeof(SensorReading),
            Query = [Twins.At],
        }, http => GetAsync(api, http));
        routes.Post("/sensors/{id}/rules", Doc("ChangeSensorRules", "Other thresholds come into force; what is left out stays as it is", typeof(RulesBody)), http => ChangeRulesAsync(api, http));
        Act(routes, api, "calibrate", "CalibrateSensor", "An offset is added to every later reading", ApiJson.Default.CalibrateBody, Calibrate);
        Act(routes, api, "maintenance", "BeginMaintenance", "The device is worked on: alerts and silence count for nothing until then", ApiJson.Default.UntilBody, Maintain);
        Act(routes, api, "silence", "SilenceSensor", "Alerts are recorded but open no case until then", ApiJson.Default.UntilBody, Silence);
        Act(routes, api, "acknowledge", "AcknowledgeAlert", "A person has seen an alert", ApiJson.Default.AcknowledgeBody, Acknowledge);
        End(routes, api, "maintenance", "EndMaintenance", "The work on the device is done", new SensorCommand.EndMaintenance());
        End(routes, api, "silence", "LiftSilence", "Alerts open cases again", new SensorCommand.LiftSilence());
    }

    private static RouteDoc Doc(string name, string summary, Type? body) => new(Tag, name, summary) { Body = body, Answer = typeof(SensorAnswer) };

    private static void Act<T>(IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, JsonTypeInfo<T> type, CommandMaker<T> make)
        where T : class =>
        routes.Post("/sensors/{id}/" + action, Doc(name, summary, typeof(T)), async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Sensor);
            await AnswerAsync(api, http, id, await Commands.SendAsync(api, http, id, type, make));
        });

    private static void End(IEndpointRouteBuilder routes, CityApi api, string action, string name, string summary, SensorCommand command) =>
        routes.Delete("/sensors/{id}/" + action, Doc(name, summary, null), async http =>
        {
            TwinId id = Twins.InPath(http, TwinKind.Sensor);
            await AnswerAsync(api, http, id, await Commands.SendAsync(api, http, id, command));
        });

    private static async Task RegisterAsync(CityApi api, HttpContext http)
    {
        RegisterSensorBody body = await BodyReader.ReadAsync(http, ApiJson.Default.RegisterSensorBody);
        var command = (SensorCommand.Register)Commands.Make(api, body, (RegisterSensorBody b, CityRules rules, ref Mistakes m) => Register(api, b, ref m));
        TwinId id = SensorNumber.Of((int)api.Definition.Id.Number, command.Profile.Kind, command.Profile.Name);
        if (api.Sensors.Find(id) is null && api.Sensors.Count >= api.Readings.Options.SensorsMax)
        {
            throw new ProblemException(Problem.SensorsFull(api.Readings.Options.SensorsMax));
        }
        await AnswerAsync(api, http, id, await Commands.SendAsync(api, http, id, command));
    }

    private static SensorCommand.Register Register(CityApi api, RegisterSensorBody b, ref Mistakes m)
    {
        if (b.Kind is null)
        {
            m.Add("$.kind", $"is required: {Words<SensorKind>.Expected}");
        }
        if (b.Name is null || !ReadingRoute.IsName(b.Name))
        {
            m.Add("$.name", "is required: 1 to 64 letters, digits and - _ . :");
        }
        TwinId commune = m.Id("$.commune", b.Commune, TwinKind.Commune);
        if (commune.Kind == TwinKind.Commune && api.View.Board.Office(commune, api.Runtime.Clock.Now) is null)
        {
            m.Add("$.commune", $"the city has no {commune}");
        }
        if (b.Place is not null && b.Place is not { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 })
        {
            m.Add("$.place", "expected a latitude of -90 to 90 and a longitude of -180 to 180");
        }
        SensorKind kind = b.Kind ?? SensorKind.Water;
        SensorRules rules = SensorRulesReading.Read(b.Rules, "$.rules", SensorRules.DefaultOf(kind), SensorKinds.Range(SensorKinds.Primary(kind)), ref m);
        GeoPoint? place = b.Place is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null;
        return new SensorCommand.Register(new SensorProfile(kind, b.Name ?? "", api.Definition.Id, commune, place, b.CityWide ?? false), rules);
    }

    private static async Task ChangeRulesAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Sensor);
        RulesBody body = await BodyReader.ReadAsync(http, ApiJson.Default.RulesBody);
        SensorState? state = (await api.Runtime.ReadAsync(id)).State as SensorState;
        SensorProfile? profile = state?.Profile;
        TwinCommand command = Commands.Make(api, body, (RulesBody b, CityRules rules, ref Mistakes m) => new SensorCommand.ChangeRules(SensorRulesReading.Read(
            b, "$", state?.Rules ?? new SensorRules(), profile is null ? null : SensorKinds.Range(SensorKinds.Primary(profile.Kind)), ref m)));
        await AnswerAsync(api, http, id, await Commands.SendAsync(api, http, id, command));
    }

    private static async Task GetAsync(CityApi api, HttpContext http)
    {
        TwinId id = Twins.InPath(http, TwinKind.Sensor);
        DateTimeOffset? at = Twins.AsOf(api, http);
        TwinReading reading = at is { } moment ? await api.Runtime.ReadAsync(id, moment) : await api.Runtime.ReadAsync(id);
        if (reading.State is not SensorState { Profile: { } profile } state)
        {
            throw new ProblemException(Problem.UnknownTwin(at is null ? id.ToString() : $"{id} at that moment"));
        }
        LatestReading? readings = at is { } then
            ? await SensorPast.ReadingsAsync(api, id, state, then)
            : LatestReading.From(profile.Kind, api.Readings.Follower?.Glance(id));
        // Readings come without events: the entity tag of a version alone would hide them.
        await Answers.JsonAsync(http, SensorReading.From(id, state, reading.Version, readings), ApiJson.Default.SensorReading);
    }

    private static async Task AnswerAsync(CityApi api, HttpContext http, TwinId id, Reply? reply)
    {
        if (reply is null)
        {
            return;
        }
        if (reply.State is not SensorState { Profile: { } profile } state)
        {
            await Answers.ProblemAsync(http, Problem.KeyReused);
            return;
        }

        // Readings are sorted by what the views know: the next one that comes shall find the sensor as it is told here.
        await api.Queries.ShowAsync(reply.Position, http.RequestAborted);
        Answers.Tag(http, reply.Version);
        LatestReading? readings = LatestReading.From(profile.Kind, api.Readings.Follower?.Glance(id));
        var answer = new SensorAnswer(Commands.StatusOf(reply), reply.Position, reply.Repeated, SensorReading.From(id, state, reply.Version, readings));
        await Answers.JsonAsync(http, answer, ApiJson.Default.SensorAnswer);
    }

    private static SensorCommand.Calibrate Calibrate(CalibrateBody b, CityRules rules, ref Mistakes m)
    {
        SensorRulesReading.Check("$.offset", b.Offset ?? double.NaN, -OffsetMax, OffsetMax, ref m);
        return new SensorCommand.Calibrate(b.Offset ?? 0);
    }

    private static SensorCommand.BeginMaintenance Maintain(UntilBody b, CityRules rules, ref Mistakes m) => new(Until(b, ref m), b.Reason ?? "");

    private static SensorCommand.SilenceAlerts Silence(UntilBody b, CityRules rules, ref Mistakes m) => new(Until(b, ref m), b.Reason ?? "");

    private static DateTimeOffset Until(UntilBody b, ref Mistakes m)
    {
        if (b.Until is null)
        {
            m.Add("$.until", "is required: a moment, at most 90 days ahead");
        }
        m.Text("$.reason", b.Reason, TextMax);
        return b.Until?.ToUniversalTime() ?? default;
    }

    private static SensorCommand.AcknowledgeAlert Acknowledge(AcknowledgeBody b, CityRules rules, ref Mistakes m)
    {
        if (b.Alert is null)
        {
            m.Add("$.alert", $"is required: {Words<AlertKind>.Expected}");
        }
        SensorRulesReading.Check("$.level", b.Level, 1, 8, ref m);
        m.OptionalText("$.note", b.Note, TextMax);
        return new SensorCommand.AcknowledgeAlert(b.Alert ?? default, b.Level ?? 1, m.OptionalId("$.official", b.Official, TwinKind.Official), b.Note ?? "");
    }
}
