using CityTwin.Ml.Commands;

return MlCommand.Run(args);
