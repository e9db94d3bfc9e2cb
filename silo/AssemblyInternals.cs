using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CityTwin.Silo.Tests")]
[assembly: InternalsVisibleTo("CityTwin.Faults")]
[assembly: InternalsVisibleTo("CityTwin.Benchmarks")]
