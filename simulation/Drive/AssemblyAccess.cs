using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CityTwin.Simulation.Tests")]
