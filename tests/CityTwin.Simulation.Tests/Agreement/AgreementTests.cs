using System.Globalization;

namespace CityTwin.Simulation.Tests.Agreement;

public sealed class AgreementTests(ITestOutputHelper output)
{
    private const int CaseCount = 100_000;
    private const int HostedCaseCount = 4_000;

    [Fact]
    public void The_simulator_and_the_live_twins_agree_on_every_desk_start_deadline_and_end_of_a_hundred_thousand_cases()
    {
        TracedHue hue = new(CaseCount);
        LiveReplay live = new(hue.Model, hue.City.Rules, hue.City.Offices, hue.Trace);
        live.Run(hue.End);
        int several = live.Record.AssertSame(hue.Simulated(), hue.Model, CaseCount, TracedHue.Seed);
        Assert.True(live.Record.Resolved.Count > CaseCount * 0.95, $"only {live.Record.Resolved.Count} ended");
        Assert.True(several > 1_000, $"only {several} cases went to another office");
    }

    // The whole number takes minutes: CITYTWIN_AGREEMENT_CASES=100000.
    [Fact]
    public async Task The_simulator_and_the_hosted_runtime_under_a_driven_clock_agree_on_every_desk_start_deadline_and_end()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_AGREEMENT_CASES"), CultureInfo.InvariantCulture, out int asked) ? asked : HostedCaseCount;
        TracedHue hue = new(count);
        await using HostedReplay hosted = await HostedReplay.OpenAsync(hue);
        await hosted.RunAsync();
        ReplayRecord record = hosted.Record();
        int several = record.AssertSame(hue.Simulated(), hue.Model, count, TracedHue.Seed);
        output.WriteLine($"{count} cases, {hosted.Position} events in the journal, {record.Resolved.Count} ended, {several} at several offices");
        Assert.True(record.Resolved.Count > count * 0.95, $"only {record.Resolved.Count} ended");
        Assert.True(several > count / 100, $"only {several} cases went to another office");
    }
}
