using CityTwin.Benchmarks.Figures;

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
if (args is ["figures", ..])
{
    return await FigureCommand.RunAsync(args[1..], stop.Token);
}
if (args is ["capacity", ..])
{
    return await CityTwin.Benchmarks.Runtime.CapacityRun.RunAsync(args[1..]);
}
Console.Error.WriteLine("usage: figures [grains|runtime|journal|cluster|query|simulation|ml|ingest|pages …] [--json]");
return 2;
