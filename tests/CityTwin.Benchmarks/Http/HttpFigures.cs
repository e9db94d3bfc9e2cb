using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;

namespace CityTwin.Benchmarks.Http;

/// <summary>Commands per second over HTTP, client and server on the same machine.</summary>
public sealed class HttpFigures : IFigureSource
{
    private const int Connections = 128;
    private const int Singles = 100_000;
    private const int Batches = 300;
    private const int BatchSize = 1_000;

    /// <inheritdoc/>
    public string Area => "runtime";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        CityDefinition hue = BundledCities.Read("hue");
        await using ServerProcess server = await ServerProcess.StartAsync(cancellation, "--clock", "driven", "--start", "2026-07-01T08:00:00+07:00");
        progress("warming up");
        await WireLoad.RunAsync(server.Port, Connections, 20_000, n => WireClient.Post("/cases", Report(hue, n)));
        progress("single commands");
        (double perSecond, double p50, double p99) = await WireLoad.RunAsync(server.Port, Connections, Singles, n => WireClient.Post("/cases", Report(hue, n)));
        yield return new Figure(Area, "HTTP, single commands", perSecond, "commands/s", 10_000, Better.Higher, null,
            $"{Singles:N0} × POST /cases over {Connections} connections, each answered when durable; four turns each; p50 {p50:0.0} ms, p99 {p99:0.0} ms; client on the same machine");
        progress("batches");
        byte[] batch = WireClient.Post("/cases/batch", $"{{\"cases\":[{string.Join(',', Enumerable.Range(0, BatchSize).Select(n => Report(hue, n)))}]}}");
        (perSecond, p50, p99) = await WireLoad.RunAsync(server.Port, 4, Batches, _ => batch);
        yield return new Figure(Area, "HTTP, batches of 1,000 cases", perSecond * BatchSize, "cases/s", 20_000, Better.Higher, null,
            $"{Batches} × POST /cases/batch over 4 connections; four turns a case; p50 {p50:0} ms, p99 {p99:0} ms a batch");
    }

    private static string Report(CityDefinition hue, int n) =>
        $$"""{"kind":"feedback","service":"waste-environment","commune":"{{hue.Offices[n % 40].Profile.Id}}","channel":"app","description":"Rác chưa thu gom ở tổ {{n}}"}""";
}
