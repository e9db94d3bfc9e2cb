using System.CommandLine;
using CityTwin.Simulation.Cli.Bench;

var root = new RootCommand("CityTwin's planning bench and load driver.")
{
    WhatIfCommand.Create(),
    SweepCommand.Create(),
    CompareCommand.Create(),
};

// Each command ends itself on Ctrl-C, with what it has so far.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
