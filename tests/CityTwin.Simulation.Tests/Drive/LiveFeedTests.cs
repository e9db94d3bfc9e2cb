using CityTwin.ClientApi.Tests;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Drive;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Simulation.Tests.Drive;

public sealed class LiveFeedTests
{
    [Fact]
    public async Task A_feed_brings_citizens_at_once_and_officials_work_for_them()
    {
        await using City city = await City.OpenAsync(new DateTimeOffset(2025, 7, 1, 8, 0, 0, TimeSpan.FromHours(7)));
        await city.FeedAsync(commands: 1_500);

        Figures figures = await city.FiguresAsync();
        Assert.InRange(figures.Filed, 60, 1_000);
        Assert.InRange(figures.Resolved, 10, figures.Filed);
        Assert.Equal(0, figures.Rejected + figures.Resolved + figures.Withdrawn + figures.Open - figures.Filed);
    }

    [Fact]
    public async Task At_night_citizens_come_online_and_nobody_works()
    {
        await using City city = await City.OpenAsync(new DateTimeOffset(2025, 7, 1, 20, 0, 0, TimeSpan.FromHours(7)));
        await city.FeedAsync(commands: 80);

        Figures figures = await city.FiguresAsync();
        Assert.InRange(figures.Filed, 60, 80);
        Assert.Equal(0, figures.ByChannel.Counter);
        Assert.Equal(0, figures.InProgress + figures.Resolved);
    }

    [Fact]
    public async Task After_a_restart_officials_go_on_with_what_they_had_in_hand()
    {
        await using City city = await City.OpenAsync(new DateTimeOffset(2025, 7, 1, 8, 0, 0, TimeSpan.FromHours(7)));
        await city.FeedAsync(commands: 600);
        TwinId[] before = await city.InHandAsync();
        await city.FeedAsync(commands: 1_500);

        Assert.NotEmpty(before);
        Assert.Empty(before.Intersect(await city.InHandAsync()));
    }

    [Fact]
    public async Task After_a_restart_citizens_still_answer_fetch_and_rate()
    {
        await using City city = await City.OpenAsync(new DateTimeOffset(2025, 7, 1, 8, 0, 0, TimeSpan.FromHours(7)));
        await city.FeedAsync(commands: 1_500, hurried: true);
        List<TwinId> before = await city.PendingAsync();
        Assert.NotEmpty(before);
        await city.FeedAsync(commands: 1_500, before, hurried: true);

        // What ended by its deadline would not have been rated or answered.
        Dictionary<TwinId, TwinEvent[]> later = await city.LaterAsync(before);
        Assert.Contains(later.Values, l => l.Any(e => e is CaseEvent.CitizenAnswered));
        Assert.Contains(later.Values, l => l.Any(e => e is CaseEvent.CaseRated));
        Assert.InRange(later.Values.Count(l => l.Length > 0), before.Count / 2, before.Count);
    }

    /// <summary>A city under a driven clock, so that the feed's days take no time; it stops after so many commands.</summary>
    private sealed class City(EmbeddedCity embedded, CityView view, string folder) : IAsyncDisposable
    {
        // Citizens who want within hours what takes most of them days.
        private static readonly Behaviour Hurried = new()
        {
            NeverAnswersShare = 0,
            AnswerDelayMedian = TimeSpan.FromMinutes(30),
            PickUpDelayMedian = TimeSpan.FromMinutes(20),
            RateShare = 1,
            RatingDelayMedian = TimeSpan.FromMinutes(30),
        };

        private long _from;

        public static async Task<City> OpenAsync(DateTimeOffset start)
        {
            string folder = Directory.CreateTempSubdirectory("citytwin-feed-").FullName;
            var view = new CityView(PlayedCity.Hue.City.Rules.Calendar);
            var options = new EmbeddedOptions { Journal = Path.Combine(folder, "city.db") };
            EmbeddedCity embedded = await EmbeddedCity.OpenAsync(PlayedCity.Hue.City, options, CityClock.Driven(start), [view], NullLogger.Instance);
            return new City(embedded, view, folder);
        }

        public async Task FeedAsync(int commands, IReadOnlyList<TwinId>? pending = null, bool hurried = false)
        {
            using var stop = new CancellationTokenSource();
            var port = new StoppingPort(new RuntimePort(embedded.Runtime, new LatencyHistogram()), commands, stop);
            await new LiveFeed(PlayedCity.Hue.City, port, new LiveFeedOptions { Speed = 120, Rate = 3, Pending = pending ?? [], Behaviour = hurried ? Hurried : new() }).RunAsync(stop.Token);
        }

        public async Task<TwinId[]> InHandAsync()
        {
            var inHand = new List<TwinId>();
            foreach (DeskDefinition desk in PlayedCity.Hue.City.Offices.SelectMany(o => o.Desks))
            {
                inHand.AddRange(((DeskState)(await embedded.Runtime.ReadAsync(desk.Id)).State).InHand.Keys);
            }
            return [.. inHand];
        }

        /// <summary>Cases that wait for their citizens.</summary>
        public async Task<List<TwinId>> PendingAsync()
        {
            await FiguresAsync();
            var pending = new List<TwinId>();
            foreach (CaseStage stage in (CaseStage[])[CaseStage.WaitingForCitizen, CaseStage.Resolved, CaseStage.Returned])
            {
                pending.AddRange(view.Cases.List(new CaseQuery(new CaseFilter { Stage = stage }, CaseOrder.FiledAt, false, 500)).Cases.Select(c => c.Case));
            }
            _from = embedded.Runtime.Position;
            return pending;
        }

        /// <summary>What happened to cases since they were listed.</summary>
        public async Task<Dictionary<TwinId, TwinEvent[]>> LaterAsync(IEnumerable<TwinId> cases)
        {
            var later = new Dictionary<TwinId, TwinEvent[]>();
            foreach (TwinId id in cases)
            {
                later[id] = [.. (await embedded.Runtime.HistoryAsync(id, 0, 1_000)).Where(h => h.Position > _from).Select(h => h.Event)];
            }
            return later;
        }

        public async Task<Figures> FiguresAsync()
        {
            await Patience.UntilAsync(() => embedded.ViewPosition >= embedded.Runtime.Position, "the view had caught up");
            return view.Board.City(embedded.Runtime.Clock.Now).All;
        }

        public async ValueTask DisposeAsync()
        {
            await embedded.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class StoppingPort(RuntimePort port, int commandsMax, CancellationTokenSource stop) : ICommandPort
    {
        private int _sent;

        public ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stopping) => port.ReachAsync(at, stopping);

        public async ValueTask SendAsync(ReadOnlyMemory<SentCommand> commands, Memory<CommandAnswer> answers)
        {
            await port.SendAsync(commands, answers);
            _sent += commands.Length;
            if (_sent >= commandsMax)
            {
                await stop.CancelAsync();
            }
        }

        public ValueTask<TwinState> ReadAsync(TwinId twin) => port.ReadAsync(twin);

        public ValueTask<IReadOnlyList<TwinEvent>> HistoryAsync(TwinId twin) => port.HistoryAsync(twin);
    }
}
