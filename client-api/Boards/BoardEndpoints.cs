using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Boards;

/// <summary>The city at a glance.</summary>
/// <param name="City">The city.</param>
/// <param name="NameVi">Its Vietnamese name.</param>
/// <param name="NameEn">Its English name.</param>
/// <param name="Now">The city's time at which it was read, or the moment asked for.</param>
/// <param name="Position">The journal position that the board knows of.</param>
/// <param name="Lag">How many durable events it has not taken in yet.</param>
/// <param name="Figures">The headline figures.</param>
/// <param name="Offices">Each office's figures.</param>
/// <param name="Recent">What happened lately, the newest first.</param>
/// <param name="Sensors">The sensors at a glance, and the incidents that they opened.</param>
internal sealed record BoardAnswer(
    TwinId City, string NameVi, string NameEn, DateTimeOffset Now, long Position, long Lag, CityFigures Figures, IReadOnlyList<OfficeLine> Offices,
    IReadOnlyList<RecentEvent> Recent, SensorBoard Sensors);

/// <summary>One office at a glance.</summary>
/// <param name="Office">The office.</param>
/// <param name="Now">The city's time at which it was read, or the moment asked for.</param>
/// <param name="Position">The journal position that the board knows of.</param>
/// <param name="Lag">How many durable events it has not taken in yet.</param>
/// <param name="Figures">Its figures, by kind of case.</param>
/// <param name="Desks">Its desks and their load.</param>
internal sealed record OfficeBoardAnswer(
    OfficeProfile Office, DateTimeOffset Now, long Position, long Lag, CityFigures Figures, IReadOnlyList<DeskLine> Desks);

/// <summary>The board, now and as of any past moment.</summary>
internal static class BoardEndpoints
{
    private const string Tag = "Board";
    private const int RecentMax = 50;

    /// <summary>Adds the routes.</summary>
    public static void MapBoard(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/board", new RouteDoc(Tag, "GetBoard", "The city at a glance, now or as of a moment") { Answer = typeof(BoardAnswer), Query = [Twins.At] }, async http =>
        {
            Board board = await BoardAsync(api, http);
            await Answers.JsonAsync(http, Answer(api, board), ApiJson.Default.BoardAnswer);
        });
        routes.Get("/board/offices/{kind}/{number}", new RouteDoc(Tag, "GetOfficeBoard", "One office at a glance, now or as of a moment") { Answer = typeof(OfficeBoardAnswer), Query = [Twins.At] }, async http =>
        {
            string text = $"{http.Request.RouteValues["kind"]}/{http.Request.RouteValues["number"]}";
            Board board = await BoardAsync(api, http);
            OfficeLine? line = TwinId.TryParse(text, null, out TwinId id) ? board.View.Board.Offices(board.Now).FirstOrDefault(o => o.Profile.Id == id) : null;
            if (line is null || board.View.Board.Office(id, board.Now) is not { } figures)
            {
                throw new ProblemException(Problem.UnknownTwin(Mistakes.Short(text)));
            }
            var answer = new OfficeBoardAnswer(line.Profile, board.Now, board.View.Position, board.Lag, figures, [.. board.View.Board.Desks().Where(d => d.Office == id)]);
            await Answers.JsonAsync(http, answer, ApiJson.Default.OfficeBoardAnswer);
        });
    }

    /// <summary>The whole board as it is told.</summary>
    public static BoardAnswer Answer(CityApi api, Board board)
    {
        BoardView view = board.View.Board;
        return new BoardAnswer(
            api.Definition.Id, api.Definition.NameVi, api.Definition.NameEn, board.Now, board.View.Position, board.Lag,
            view.City(board.Now), view.Offices(board.Now), view.Recent(0, RecentMax), SensorBoard.Of(board.Sensors));
    }

    /// <summary>The board now.</summary>
    public static Board Live(CityApi api) => new(api.View, api.Sensors, api.Runtime.Clock.Now, Math.Max(0, api.Runtime.Position - api.View.Position));

    private static async ValueTask<Board> BoardAsync(CityApi api, HttpContext http)
    {
        if (Twins.AsOf(api, http) is not { } at)
        {
            return Live(api);
        }
        return await BoardPast.RunAsync(() => Past(api, at), http.RequestAborted);
    }

    private static Board Past(CityApi api, DateTimeOffset at)
    {
        IJournal journal = api.Journal;
        long position = journal.PositionAt(at);
        var view = new CityView(api.Definition.Rules.Calendar, new CityViewOptions { FinishedCasesMax = 0 });
        PastViews.Load(journal, view, position);
        var sensors = new SensorDirectory();
        PastViews.Load(journal, sensors, position);
        return new Board(view, sensors, at, 0);
    }

    /// <summary>A view and the moment it is looked at.</summary>
    /// <param name="View">The view.</param>
    /// <param name="Sensors">The sensors.</param>
    /// <param name="Now">The moment: says which day is today.</param>
    /// <param name="Lag">Durable events not taken in yet.</param>
    internal sealed record Board(CityView View, SensorDirectory Sensors, DateTimeOffset Now, long Lag);
}
