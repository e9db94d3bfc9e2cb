using System.Buffers;
using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Views;

namespace CityTwin.Cluster.Tests;

/// <summary>A citizen is forgotten while several nodes have the texts in memory.</summary>
public sealed class ForgettingTests(PostgresFixture fixture)
{
    private static readonly TwinId Hang = TwinId.Citizen(77);

    private readonly string _address = fixture.Server.NewAddress();

    [Fact]
    public async Task Nothing_is_left_in_the_memory_of_any_node_when_it_is_said_to_be_done()
    {
        ConcurrentBag<HeardTexts> views = [];
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 2, another: () =>
        {
            HeardTexts view = new();
            views.Add(view);
            return view;
        });
        await city.SendTogetherAsync(80, n => (TwinId.Case(n), Report(n)));
        Assert.All(new[] { 0, 1 }, silo => Assert.NotEqual(0, city.Counters(silo).Turns));
        long before = Deactivations();

        Assert.True(await city.Host.ForgetAsync(Hang));

        Assert.Equal(2, views.Count);
        Assert.All(views, v => Assert.Empty(v.Texts));
        Assert.True(Deactivations() - before >= 80, "cases stayed in memory");
        for (int n = 1; n <= 80; n++)
        {
            foreach (int silo in new[] { 0, 1 })
            {
                Assert.Equal("(erased)", ((CaseState)(await city.Node(silo).Runtime.ReadAsync(TwinId.Case(n))).State).Description);
            }
        }
        Assert.Equal(0L, PostgresServer.Execute(_address, $"SELECT count(*) FROM keys WHERE subject = {Hang.Value}"));

        long Deactivations() => Enumerable.Range(0, 2).Sum(i => city.Counters(i).Deactivations);
    }

    [Fact]
    public async Task A_node_that_was_not_told_forgets_before_it_writes()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1);
        await city.SendAsync(TwinId.Case(1), Report(1));
        // As another node does it that cannot reach this one.
        Assert.True(CityTwin.Cluster.Forgetting.ForgottenTable.Add(_address, Hang));

        Reply other = await city.SendAsync(TwinId.Case(2), Report(2));

        Assert.Equal((ReplyStatus.Accepted, "nhà 2"), (other.Status, (await city.CaseAsync(TwinId.Case(2))).Description));
        Assert.Equal("(erased)", (await city.CaseAsync(TwinId.Case(1))).Description);
        Reply withdrawn = await city.SendAsync(TwinId.Case(1), new CaseCommand.Withdraw("xong"));
        Assert.Equal("(erased)", Assert.IsType<CaseState>(withdrawn.State).Description);
    }

    private static CaseCommand.FileFeedback Report(int n) =>
        new("roads-drainage", HostUnderTest.Hue.Offices[n % 40].Profile.Id, Hang, Channel.App, $"nhà {n}");

    /// <summary>A view that keeps what it hears.</summary>
    private sealed class HeardTexts : IView
    {
        public ConcurrentDictionary<TwinId, string> Texts { get; } = new();

        public string Name => "heard";

        public void Apply(in RecordedEvent recorded)
        {
            if (recorded.Event is CaseEvent.CaseFiled { Description: { } text })
            {
                Texts[recorded.Twin] = text;
            }
        }

        public void Forget(TwinId subject) => Texts.Clear();

        public void Flush(long position, DateTimeOffset at)
        {
        }

        public void Save(IBufferWriter<byte> output)
        {
        }

        public bool Load(ReadOnlySpan<byte> saved) => false;
    }
}
