using System.CommandLine;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>What a scenario starts from: its own base, another city, or the live state of a server.</summary>
internal sealed class BaseOptions
{
    private readonly Option<string?> _city = new("--city") { Description = "another base: a bundled city, a city folder, or fit: and a file of calibrate --save" };
    private readonly Option<string?> _from = new("--from") { Description = "start from the live state: live (the server on this machine), an address, or a file" };
    private readonly Option<string?> _at = new("--at") { Description = "with --from: the state as of this time (RFC 3339)" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_city);
        command.Options.Add(_from);
        command.Options.Add(_at);
    }

    /// <summary>The model to change, and the live state to start from, if any.</summary>
    /// <exception cref="BenchFailureException">There is no such city or server, or the live state has what the model has not.</exception>
    public async Task<(CityModel Model, LiveCity? Live)> OfAsync(ParseResult parsed, Scenario scenario, CancellationToken cancellation)
    {
        bool isLive = scenario.Base.City == "live";
        string? at = parsed.GetValue(_at);
        string? from = parsed.GetValue(_from) ?? (isLive || at is not null ? "live" : null);
        string? city = parsed.GetValue(_city) ?? (isLive ? await BenchInput.ServedCityAsync(from!, cancellation) : null);
        CityModel model = BenchInput.Model(scenario, city);
        LiveCity? live = await BenchInput.LiveAsync(from, at, cancellation);
        if (live is null)
        {
            return (model, null);
        }
        (model, System.Collections.Immutable.ImmutableArray<string> unknown) = LiveModel.With(model, live);
        return unknown.IsEmpty
            ? (model, live)
            : throw new BenchFailureException($"the live state has what {model.Name} has not:\n{string.Join('\n', unknown.Take(20))}");
    }
}
