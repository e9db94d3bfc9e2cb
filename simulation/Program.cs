using System.CommandLine;
using System.CommandLine.Parsing;
using CityTwin.Ml.Commands;
using CityTwin.Simulation.Cli.Bench;
using CityTwin.Simulation.Cli.Drive;

PlainOutput.WhereRedirected();

var root = new RootCommand("CityTwin's planning bench and load driver.")
{
    DriveCommand.Create(),
    WhatIfCommand.Create(),
    SweepCommand.Create(),
    CompareCommand.Create(),
    CalibrateCommand.Create(),
    BacktestCommand.Create(),
};
ParseResult parsed = root.Parse(args);
foreach (ParseError error in parsed.Errors)
{
    await Console.Error.WriteLineAsync(CommandMistake.Reason(error));
}

// Bad options are 2. Each command ends itself on Ctrl-C, with what it has so far.
return parsed.Errors.Count > 0 ? 2 : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
