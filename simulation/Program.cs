using System.CommandLine;
using CityTwin.Simulation.Cli.Bench;
using CityTwin.Simulation.Cli.Drive;

var root = new RootCommand("CityTwin's planning bench and load driver.")
{
    DriveCommand.Create(),
    WhatIfCommand.Create(),
    SweepCommand.Create(),
    CompareCommand.Create(),
    CalibrateCommand.Create(),
    BacktestCommand.Create(),
};

// Each command ends itself on Ctrl-C, with what it has so far.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
