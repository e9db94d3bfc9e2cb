namespace CityTwin.Grains.Tests;

/// <summary>The properties of all deciders together, on random lives of a small city. A failure names its seed.</summary>
public sealed class CityPropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_case_is_in_one_place_and_every_total_is_what_it_counts(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var city = new PlayedCity(seed % 4 == 0 ? null : random);
        var player = new RandomPlayer(city, random);
        for (int round = 0; round < 15; round++)
        {
            PlayRound(city, player, random);
            city.Drain();
            CityAudit.Check(city);
        }
        Assert.True(player.Accepted > 300, $"only {player.Accepted} commands were accepted");
        AssertNoMessageWasLost(city);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_command_in_any_reachable_state_throws(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var city = new PlayedCity(random);
        var player = new RandomPlayer(city, random);
        for (int round = 0; round < 6; round++)
        {
            PlayRound(city, player, random);
            TwinId[] known = [.. city.Twins.Keys, SmallCity.City, TwinId.Sensor(1), TwinId.Commune(999), TwinId.Case(999_999)];
            var any = new AnyCommand(random, known);
            foreach (TwinId id in known.Where(k => k.Kind != TwinKind.Sensor && random.Next(3) == 0))
            {
                IPlayedTwin twin = city.Twins.GetValueOrDefault(id) ?? new PlayedCity().Twin(id);
                foreach (Type type in AnyCommand.TypesFor(id.Kind))
                {
                    twin.Probe(any.Make(type), new Turn(city.Now, city.Rules));
                }
            }
        }
    }

    [Fact]
    public void The_random_lives_reach_every_event_that_can_happen()
    {
        var seen = new HashSet<Type>();
        foreach (int seed in Enumerable.Range(1, 40))
        {
            var random = new Random(seed);
            var city = new PlayedCity(random);
            var player = new RandomPlayer(city, random);
            for (int round = 0; round < 15; round++)
            {
                PlayRound(city, player, random);
            }
            seen.UnionWith(city.Twins.Values.SelectMany(t => t.History).Select(e => e.GetType()));
        }
        IEnumerable<Type> all = typeof(TwinEvent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(TwinEvent)) && !t.IsAbstract && !t.FullName!.Contains("Sensor", StringComparison.Ordinal));

        // A desk closes after its office sent it its last case, and the rest is policy without consequences for cases.
        Type[] told = [typeof(DeskEvent.CaseTurnedAway), typeof(OfficeEvent.DeskAdded), typeof(CityEvent.EditionAdopted), typeof(CityEvent.FieldRouted), typeof(CityEvent.TermsSet)];
        Assert.Equal(told.Select(t => t.Name).Order(), all.Except(seen).Select(t => t.Name).Order());
    }

    private static void PlayRound(PlayedCity city, RandomPlayer player, Random random)
    {
        for (int i = 0; i < 120; i++)
        {
            switch (random.Next(20))
            {
                case < 11 when !city.IsQuiet:
                    city.Step();
                    break;
                case < 19:
                    player.Act();
                    break;
                default:
                    city.Advance(TimeSpan.FromMinutes(random.Next(1, 2_000)));
                    break;
            }
        }
        if (random.Next(3) == 0)
        {
            player.Reform();
        }
    }

    // A message that is refused is lost. Only these refusals are expected, and they lose nothing.
    private static void AssertNoMessageWasLost(PlayedCity city)
    {
        var lost = city.RefusedMessages.Where(m => m.Key switch
        {
            (Type t, Refusal.DeskNotOpen) when t == typeof(DeskCommand.HandOver) => false,
            _ => true,
        });
        Assert.Empty(lost.Select(l => $"{l.Key.Command.Name} refused as {l.Key.Refusal}, {l.Value} times"));
    }
}
