return CityTwin.Faults.FaultCommand.Run(args, Console.Out, Console.Error);
