using CityTwin.Cluster.Hosting;

return await NodeCommand.Create().Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = null });
