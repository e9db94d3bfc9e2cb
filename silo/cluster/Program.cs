using CityTwin.ClientApi.Hosting;
using CityTwin.Cluster.Hosting;

return await CommandLine.RunAsync(NodeCommand.Create(), args, NodeCommand.Program);
