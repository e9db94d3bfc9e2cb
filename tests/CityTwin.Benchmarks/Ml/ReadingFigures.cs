using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Benchmarks.Http;
using CityTwin.Grains;
using CityTwin.Ml.Seed;

namespace CityTwin.Benchmarks.Ml;

/// <summary>What reading reports by the model costs the reports, and the dossiers beside them, over HTTP.</summary>
public sealed class ReadingFigures : IFigureSource
{
    private const int Connections = 16;
    private const int Requests = 8_000;
    private const int Rounds = 3;
    private const int Warming = 4_000;
    private const string Service = "1.000894";

    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CityDefinition hue = BundledCities.Read("hue");
        string[] texts = [.. SeedTexts.Test().Select(t => t.Text.Replace('"', ' ').Replace('\\', ' '))];
        byte[] Dossier(int n) => WireClient.Post("/cases", $$"""{"kind":"dossier","service":"{{Service}}","commune":"{{hue.Offices[n % 40].Profile.Id}}","citizen":"citizen/{{n + 1:D12}}","channel":"counter","documents":["citizen-id","marital-status"]}""");
        byte[] Report(int n, string category) => WireClient.Post("/cases", $$"""{"kind":"feedback",{{category}}"commune":"{{hue.Offices[n % 40].Profile.Id}}","channel":"app","description":"{{texts[n % texts.Length]}}"}""");
        await using ServerProcess server = await ServerProcess.StartAsync(cancellation, "--clock", "driven", "--start", "2026-07-01T08:00:00+07:00");
        progress("reports and dossiers over HTTP");
        foreach (Func<int, byte[]> warm in (Func<int, byte[]>[])[Dossier, n => Report(n, ""), n => Report(n, "\"service\":\"noise\",")])
        {
            await WireLoad.RunAsync(server.Port, Connections, Warming, warm);
        }
        (double given, double givenP99, double read, double readP99) = (0, double.MaxValue, 0, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            (double rate, double p99) = await BesideAsync(server.Port, Dossier, n => Report(n, "\"service\":\"noise\","));
            (given, givenP99) = (Math.Max(given, rate), Math.Min(givenP99, p99));
            (rate, p99) = await BesideAsync(server.Port, Dossier, n => Report(n, ""));
            (read, readP99) = (Math.Max(read, rate), Math.Min(readP99, p99));
        }
        string conditions = $"{Requests:N0} dossiers and as many reports at once, {Connections} connections each, best of {Rounds} rounds in turn; baseline: reports whose category a person gave";
        yield return new("ml", "reports filed, category read by the model", read, "cases/s", null, Better.Higher, given, conditions);
        yield return new("ml", "dossiers filed beside them, p99", readP99, "ms", null, Better.Lower, givenP99, conditions);
    }

    private static async Task<(double Rate, double DossierP99)> BesideAsync(int port, Func<int, byte[]> dossier, Func<int, byte[]> report)
    {
        Task<WireRate> reports = WireLoad.RunAsync(port, Connections, Requests, report);
        WireRate dossiers = await WireLoad.RunAsync(port, Connections, Requests, dossier);
        return ((await reports).PerSecond, dossiers.P99Ms);
    }
}
