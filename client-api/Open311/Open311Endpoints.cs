using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Open311;

/// <summary>Open311 GeoReport v2: reports of citizens for other people's software. A report filed here is a case like any other.</summary>
internal static class Open311Endpoints
{
    private const string Tag = "Open311";
    private const string NoForm = "the body must be form-encoded: Content-Type: application/x-www-form-urlencoded";
    private const string Base = "/open311/v2";

    private static readonly string[] Both = ["application/json", "text/xml"];
    private static readonly RouteForm Form = new(["application/x-www-form-urlencoded"], Both, typeof(ErrorLine[]), Both, [400, 403, 404, 503]);
    private static readonly QueryDoc Jurisdiction = new("jurisdiction_id", "The city folder's name; may be left out.");
    private static readonly QueryDoc[] Period = [Jurisdiction, new("start_date", "From this moment; default: 90 days before end_date."), new("end_date", "Up to this moment; at most 90 days later. Default: now.")];

    private static readonly QueryDoc[] ListQuery =
    [
        .. Period, new("service_request_id", "Ids with commas between; overrides everything else."), new("service_code", "Codes with commas between."),
        new("status", "open, closed, or both with a comma."), new("page", "From 1.", "integer"), new("page_size", "1 to 1,000, default 1,000.", "integer"),
    ];

    /// <summary>Whether a path belongs to this interface, which keeps its own gate: only who posts needs a key.</summary>
    public static bool Owns(PathString path) => path.StartsWithSegments("/open311") || path.StartsWithSegments("/discovery.json") || path.StartsWithSegments("/discovery.xml");

    /// <summary>Adds the routes.</summary>
    public static void MapOpen311(this IEndpointRouteBuilder routes, CityApi api, ApiKeys keys, ServiceAttributes attributes)
    {
        var desk = new Open311Desk(api, keys, attributes);
        string since = desk.Moment(api.Runtime.Clock.Now);
        Get("/discovery.{format}", "Open311Discovery", "Where the interface is found", typeof(DiscoveryAnswer), http => new(Discover(desk, http, since)));
        Get("/open311/discovery.{format}", "Open311DiscoveryBelow", "The same", typeof(DiscoveryAnswer), http => new(Discover(desk, http, since)));
        Get(Base + "/services.{format}", "Open311Services", "The categories of reports", typeof(ServiceLine[]), _ => new(Services(desk)));
        Get(Base + "/services/{code}.{format}", "Open311Service", "What a category asks for", typeof(ServiceDefinitionAnswer), http => new(Definition(desk, http)));
        Get(Base + "/requests.{format}", "Open311Requests", "Reports, the newest first", typeof(RequestLine[]), http => ListAsync(desk, http), ListQuery);
        Get(Base + "/requests/{id}.{format}", "Open311Request", "One report", typeof(RequestLine[]), http => OneAsync(desk, http));
        Get(Base + "/tokens/{token}.{format}", "Open311Token", "The report that a token stands for", typeof(TokenLine[]), http => TokenAsync(desk, http));
        Get(Base + "/servicerequestupdates.{format}", "Open311Updates", "What changed at reports", typeof(UpdateLine[]), async http => Updates(await UpdateList.ReadAsync(desk, http)), Period);
        Post(Base + "/requests.{format}", "Open311File", "Files a report, form-encoded", typeof(ReportForm), typeof(FiledLine[]), (http, form) => FileAsync(desk, http, form));
        Post(Base + "/servicerequestupdates.{format}", "Open311Update", "An answer, an objection or a withdrawal, form-encoded", typeof(UpdateForm), typeof(UpdateFiledLine[]), (http, form) => UpdateList.TakeAsync(desk, http, form));
        routes.Map("/open311/{*path}", Open311Edge.Handle(desk, http => new(Nothing(http)))).WithMetadata(new ExcludeFromDescriptionAttribute());

        void Get(string pattern, string name, string summary, Type answer, Func<HttpContext, ValueTask<Open311Reply>> work, QueryDoc[]? query = null) =>
            routes.Get(pattern, new RouteDoc(Tag, name, summary) { Answer = answer, Query = query ?? [Jurisdiction], Form = Form }, Open311Edge.Handle(desk, work));

        void Post(string pattern, string name, string summary, Type body, Type answer, Func<HttpContext, IFormCollection, ValueTask<Open311Reply>> work) => routes.Post(
            pattern, new RouteDoc(Tag, name, summary) { Body = body, Answer = answer, Query = [Jurisdiction], Status = StatusCodes.Status201Created, Form = Form },
            Open311Edge.Handle(desk, async http => await work(http, await FormAsync(desk, http))));
    }

    /// <summary>The category with a code.</summary>
    /// <exception cref="Open311Exception">There is none.</exception>
    public static ServiceDefinition FindService(Open311Desk desk, string code) => desk.Api.Runtime.Rules.Catalogue.Find(code) is { Kind: CaseKind.Feedback } service
        ? service
        : throw new Open311Exception(StatusCodes.Status404NotFound, $"service_code '{Mistakes.Short(code)}' was not found");

    private static Open311Reply Discover(Open311Desk desk, HttpContext http, string since)
    {
        var endpoint = new DiscoveredEndpoint("http://wiki.open311.org/GeoReport_v2", $"{http.Request.Scheme}://{http.Request.Host}{Base}", since, "production", ["text/xml", "application/json"]);
        var answer = new DiscoveryAnswer(since, $"The operator of {desk.Api.Definition.NameEn}", $"Keys are given by the operator of {desk.Api.Definition.NameEn}", [endpoint]);
        return new Open311Reply(answer, Open311Reply.Contract.DiscoveryAnswer, "discovery") { IsBare = true };
    }

    private static Open311Reply Services(Open311Desk desk)
    {
        CityRules rules = desk.Api.Runtime.Rules;
        Dictionary<TwinId, string> offices = desk.Api.View.Board.Offices(desk.Api.Runtime.Clock.Now).ToDictionary(o => o.Profile.Id, o => o.Profile.NameVi);
        ServiceLine[] lines =
        [
            .. from service in rules.Catalogue.Services.Values
               where service.Kind == CaseKind.Feedback
               orderby service.Code
               let owner = service.Level == Level.City && rules.DepartmentOfField.TryGetValue(service.Field, out TwinId office) ? offices.GetValueOrDefault(office, "") : "Phường, xã, đặc khu"
               select new ServiceLine(
                   service.Code, service.NameVi, $"{service.NameEn}. {owner}, {service.Limit.WorkingDays.ToString(System.Globalization.CultureInfo.InvariantCulture)} ngày làm việc.",
                   desk.Attributes.Of(service.Code).Count > 0, "realtime", $"{service.NameEn},{service.Field}", owner),
        ];
        return new Open311Reply(lines, Open311Reply.Contract.ServiceLineArray, "services", "service");
    }

    private static Open311Reply Definition(Open311Desk desk, HttpContext http)
    {
        ServiceDefinition service = FindService(desk, (string)http.Request.RouteValues["code"]!);
        var answer = new ServiceDefinitionAnswer(service.Code, [.. desk.Attributes.Of(service.Code)]);
        return new Open311Reply(answer, Open311Reply.Contract.ServiceDefinitionAnswer, "service_definition");
    }

    private static async ValueTask<Open311Reply> ListAsync(Open311Desk desk, HttpContext http)
    {
        IReadOnlyList<TwinId> chosen = RequestList.Choose(desk, http);
        return Requests([.. await new RequestLines(desk, desk.MayReadTexts(http)).FindAsync(chosen)]);
    }

    private static async ValueTask<Open311Reply> OneAsync(Open311Desk desk, HttpContext http)
    {
        string number = (string)http.Request.RouteValues["id"]!;
        RequestLine? line = TwinId.TryParseNumber(TwinKind.Case, number, out TwinId id) ? await new RequestLines(desk, desk.MayReadTexts(http)).FindAsync(id) : null;
        return line is not null ? Requests([line]) : throw Unknown("service_request_id", number);
    }

    // Every report has its id at once, so a token is the id itself.
    private static async ValueTask<Open311Reply> TokenAsync(Open311Desk desk, HttpContext http)
    {
        string token = (string)http.Request.RouteValues["token"]!;
        bool isKnown = TwinId.TryParseNumber(TwinKind.Case, token, out TwinId id) && await desk.Api.Runtime.ReadAsync(id) is { Version: > 0, State: CaseState { Kind: CaseKind.Feedback } };
        return isKnown
            ? new Open311Reply(new TokenLine[] { new(id.NumberText, token) }, Open311Reply.Contract.TokenLineArray, "service_requests", "request")
            : throw Unknown("token", token);
    }

    private static async ValueTask<Open311Reply> FileAsync(Open311Desk desk, HttpContext http, IFormCollection form)
    {
        CaseCommand.FileFeedback command = RequestForm.Read(desk, form);
        (TwinId id, Reply reply) = await CaseFiling.SendAsync(desk.Api, command, CommandKey.Read(http));
        if (Commands.ProblemOf(reply) is { } problem)
        {
            return Open311Edge.Of(problem);
        }
        if (reply.State is not CaseState state)
        {
            return Open311Edge.Of(Problems.Problem.KeyReused);
        }
        await desk.Api.Queries.ShowAsync(reply.Position, http.RequestAborted);
        string? account = command.Citizen.IsNone ? null : command.Citizen.ToString();
        var line = new FiledLine(id.NumberText, new RequestLines(desk, withTexts: false).Notice(state), account);
        return new Open311Reply(new[] { line }, Open311Reply.Contract.FiledLineArray, "service_requests", "request") { Status = StatusCodes.Status201Created };
    }

    private static async ValueTask<IFormCollection> FormAsync(Open311Desk desk, HttpContext http)
    {
        IFormCollection form = http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted)
            : throw new Open311Exception(StatusCodes.Status400BadRequest, NoForm);
        string? key = form["api_key"].FirstOrDefault() ?? http.Request.Query["api_key"].FirstOrDefault();
        return desk.Keys.IsOpen || desk.Keys.Contains(key) || desk.Keys.Allows(http.Request)
            ? form
            : throw new Open311Exception(StatusCodes.Status403Forbidden, string.IsNullOrEmpty(key) ? "api_key was not provided" : "api_key is not valid");
    }

    private static Open311Reply Requests(RequestLine[] lines) => new(lines, Open311Reply.Contract.RequestLineArray, "service_requests", "request");

    private static Open311Reply Updates(UpdateLine[] lines) => new(lines, Open311Reply.Contract.UpdateLineArray, "service_request_updates", "request_update");

    private static Open311Exception Unknown(string what, string value) => new(StatusCodes.Status404NotFound, $"{what} '{Mistakes.Short(value)}' was not found");

    // A post that is no form matches no route.
    private static Open311Reply Nothing(HttpContext http) => http.Request.Method == HttpMethods.Post && !http.Request.HasFormContentType
        ? Open311Reply.Error(StatusCodes.Status400BadRequest, NoForm)
        : Open311Reply.Error(StatusCodes.Status404NotFound, $"there is nothing at {Mistakes.Short(http.Request.Path)}");
}
