using CityTwin.Ml.Seed;
namespace CityTwin.Ml.Tests;
public sealed class Smoke { [Fact] public void Seed_loads() => Assert.Equal(3, SeedModel.Load().Heads.Count); }
