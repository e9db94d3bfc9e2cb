using CityTwin.ClientApi.Hosting;

return await ServeCommand.Create().Parse(args).InvokeAsync();
