using CityTwin.ClientApi.Feeds;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Web.Tests;

/// <summary>Days of a city's life, played as fast as the machine can: citizens and officials of the feed move the clock themselves.</summary>
internal static class PlayedDays
{
    // How closely officials look for work: as in a city that is played at this speed.
    private const double Closeness = 90;

    /// <summary>Plays on to a moment. The city's clock must be driven.</summary>
    public static async Task PlayAsync(CityApi api, DateTimeOffset until)
    {
        using var stop = new CancellationTokenSource();
        var port = new DrivingPort(api, until, stop);
        await new LiveFeed(api.Definition, port, new LiveFeedOptions { Speed = Closeness, OpeningCases = 0 }).RunAsync(stop.Token);
    }

    private sealed class DrivingPort(CityApi api, DateTimeOffset until, CancellationTokenSource stop) : ICommandPort
    {
        private readonly FeedPort _port = new(api.Runtime, stop.Token);

        public async ValueTask<DateTimeOffset> ReachAsync(DateTimeOffset at, CancellationToken stopping)
        {
            if (at >= until)
            {
                await stop.CancelAsync();
            }
            if (at > api.Runtime.Clock.Now)
            {
                await api.Runtime.AdvanceAsync(at < until ? at : until);
            }
            return api.Runtime.Clock.Now;
        }

        public ValueTask SendAsync(ReadOnlyMemory<SentCommand> commands, Memory<CommandAnswer> answers) => _port.SendAsync(commands, answers);

        public ValueTask<TwinState> ReadAsync(TwinId twin) => _port.ReadAsync(twin);

        public ValueTask<IReadOnlyList<TwinEvent>> HistoryAsync(TwinId twin) => _port.HistoryAsync(twin);
    }
}
