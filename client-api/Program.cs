using CityTwin.ClientApi.Hosting;

return await CommandLine.RunAsync(ServeCommand.Create(), args);
