namespace CityTwin.Grains.Tests.Sensors;

public sealed class SeenTimesTests(ITestOutputHelper output)
{
    [Fact]
    public void Moments_in_any_order_and_rhythm_count_once()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        SeenTimes seen = new();
        HashSet<long> model = [];
        for (int i = 0; i < 3_000; i++)
        {
            // A rhythm of a minute, with gaps, late comers in and out of step, and many repeats.
            long at = random.Next(10) < 8 ? 60_000L * random.Next(i / 2, (i / 2) + 20) : 60_000L * random.Next(1 + (i / 2));
            bool isNew = model.Add(at);
            Sighting found = seen.Add(at);
            Assert.True(found == Sighting.Unknown || isNew == (found is Sighting.Newest or Sighting.Late), $"{at} at step {i}: {found}");
            Assert.Equal(model.Max(), seen.LatestMs);
        }
    }

    [Fact]
    public void A_days_steady_readings_are_all_known_and_a_repeat_of_the_first_is_seen()
    {
        SeenTimes seen = new();
        for (int second = 0; second < 86_400; second++)
        {
            Assert.Equal(Sighting.Newest, seen.Add(second * 1_000L));
        }
        Assert.Equal(Sighting.Repeated, seen.Add(0));
        Assert.Equal(Sighting.Repeated, seen.Add(43_200_000));
        Assert.Equal(Sighting.Late, seen.Add(43_200_500));
        Assert.Equal(Sighting.Repeated, seen.Add(43_200_500));
    }

    [Fact]
    public void What_is_forgotten_is_not_taken_for_new()
    {
        SeenTimes seen = new();
        for (int i = 0; i < 10 * SeenTimes.RunsMax; i++)
        {
            seen.Add((1_000L * i * i) + i);
        }
        Assert.Equal(Sighting.Unknown, seen.Add(0));
        Assert.Equal(Sighting.Unknown, seen.Add(5));
    }
}
