using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CityTwin.Silo.Tests")]
[assembly: InternalsVisibleTo("CityTwin.Faults")]
[assembly: InternalsVisibleTo("CityTwin.Benchmarks")]
[assembly: InternalsVisibleTo("CityTwin.Grains.Orleans")]
[assembly: InternalsVisibleTo("citytwin-node")]
[assembly: InternalsVisibleTo("CityTwin.Cluster.Tests")]
