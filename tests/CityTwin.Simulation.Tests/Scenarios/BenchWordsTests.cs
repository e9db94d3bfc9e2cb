using System.CommandLine;
using CityTwin.Simulation.Cli.Bench;

namespace CityTwin.Simulation.Tests.Scenarios;

/// <summary>What the bench's command line says to words it cannot use, before any run.</summary>
public sealed class BenchWordsTests
{
    [Fact]
    public void A_report_needs_a_folder_that_is_there()
    {
        string folder = Path.Combine(Path.GetTempPath(), "citytwin-no-such-folder");
        ParseResult parsed = WhatIfCommand.Create().Parse(["hcmc-tet-surge", "--html", Path.Combine(folder, "a.html")]);
        Assert.Equal($"--html: there is no folder {folder}", Assert.Single(parsed.Errors).Message);
        Assert.Contains("is a folder", Assert.Single(WhatIfCommand.Create().Parse(["hcmc-tet-surge", "--csv", Path.GetTempPath()]).Errors).Message, StringComparison.Ordinal);
        Assert.Empty(WhatIfCommand.Create().Parse(["hcmc-tet-surge", "--json", "-"]).Errors);
    }

    [Fact]
    public void A_number_that_is_none_is_told_in_plain_words()
    {
        ParseResult parsed = WhatIfCommand.Create().Parse(["hcmc-tet-surge", "--replications", "many"]);
        Assert.Equal("--replications: found 'many', expected a whole number", CommandMistake.Reason(Assert.Single(parsed.Errors)));
    }

    [Fact]
    public void A_swept_name_that_stands_nowhere_is_a_mistake()
    {
        const string yaml = "name: a\nbase: {city: hue, start: 2026-02-02}\nchanges:\n  - officers: {add: $officers}\n";
        CityTwin.Simulation.Scenarios.ScenarioReading reading = CityTwin.Simulation.Scenarios.ScenarioFile.Parse(yaml, new Dictionary<string, double> { ["officers"] = 1, ["oficers"] = 2 });
        Assert.Contains("'$oficers', which stands nowhere", Assert.Single(reading.Mistakes).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_neither_file_nor_address_ends_with_2() =>
        Assert.Equal(2, await WhatIfCommand.Create().Parse(["hcmc-tet-surge", "--from", "nofile.json"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
}
