using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A city that a test can crash, stop and open again.</summary>
public sealed class CityUnderTest(Func<IJournal> open, EmbeddedOptions? options = null, IReadOnlyList<IView>? views = null) : IAsyncDisposable
{
    /// <summary>Wednesday 1 July 2026, 08:00 in Huế: offices are open.</summary>
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    public static readonly CityDefinition Hue = BundledCities.Read("hue");

    private EmbeddedCity? _city;
    private int _commands;

    public EmbeddedCity City => _city ?? throw new InvalidOperationException("not open");

    public ICityRuntime Runtime => City.Runtime;

    public TwinId Commune { get; } = Hue.Offices[0].Profile.Id;

    public async Task<CityUnderTest> OpenAsync(CityClock? clock = null)
    {
        _city = new EmbeddedCity(
            CityTwins.Types, Hue, options ?? new EmbeddedOptions(), clock ?? CityClock.Driven(Start), views ?? [], open, NullLogger.Instance);
        await _city.StartAsync();
        await _city.FoundAsync();
        return this;
    }

    public CommandId NextId() => new CommandId(77).Derive((ulong)Interlocked.Increment(ref _commands));

    public async Task<Reply> SendAsync(TwinId target, TwinCommand command) => await Runtime.SendAsync(target, command, NextId());

    /// <summary>Sends so many commands, 1 to count, in groups of 200; all must be accepted.</summary>
    public async Task SendTogetherAsync(int count, Func<int, (TwinId Target, TwinCommand Command)> make)
    {
        foreach (int[] group in Enumerable.Range(1, count).Chunk(200))
        {
            Reply[] replies = await Runtime.SendAsync(group.Select(make).Select(c => new Envelope(c.Target, c.Command, NextId())).ToArray());
            Assert.All(replies, r => Assert.Equal(ReplyStatus.Accepted, r.Status));
        }
    }

    public async Task<CaseState> CaseAsync(TwinId id) => (CaseState)(await Runtime.ReadAsync(id)).State;

    public CaseCommand.FileFeedback Report(TwinId? commune = null) =>
        new("roads-drainage", commune ?? Commune, default, Channel.App, "Đường ngập, nước không thoát");

    /// <summary>Files a report and carries it into an official's hands.</summary>
    public async Task<(CaseState State, TwinId Official)> InHandAsync(TwinId id)
    {
        await SendAsync(id, Report());
        CaseState queued = await CaseAsync(id);
        DeskState desk = (DeskState)(await Runtime.ReadAsync(queued.Desk)).State;
        TwinId official = desk.Officials[0];
        Reply taken = await SendAsync(queued.Desk, new DeskCommand.Start(id, official));
        Assert.True(taken.IsSuccess, $"{taken.Status} {taken.Refusal}");
        return (await CaseAsync(id), official);
    }

    public async ValueTask DisposeAsync()
    {
        if (_city is { } city)
        {
            _city = null;
            await city.DisposeAsync();
        }
    }
}
