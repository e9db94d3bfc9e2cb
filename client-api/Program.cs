using System.CommandLine;
using CityTwin.ClientApi.Hosting;

// The host answers the signals: a stopping city may take longer than the command line's own two seconds to write its checkpoint.
return await ServeCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
