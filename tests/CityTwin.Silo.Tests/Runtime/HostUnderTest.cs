using CityTwin.Grains;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A running city that a contract is held against, on whatever host.</summary>
public abstract class HostUnderTest : IAsyncDisposable
{
    /// <summary>Wednesday 1 July 2026, 08:00 in Huế: offices are open.</summary>
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    public static readonly CityDefinition Hue = BundledCities.Read("hue");

    private int _commands;

    public abstract ICityHost Host { get; }

    public ICityRuntime Runtime => Host.Runtime;

    public TwinId Commune { get; } = Hue.Offices[0].Profile.Id;

    public abstract ValueTask DisposeAsync();

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

    /// <summary>Waits until nothing more follows from what was answered: a host may answer before.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

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
}
