using System.Globalization;
using CityTwin.ClientApi.OpenData;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.OpenData;

public sealed class PartitionTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_number_stands_for_k_persons_and_together_they_are_all_cases()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"CITYTWIN_SEED={seed}");
        var random = new Random(seed);
        int withheld = 0, together = 0;
        for (int round = 0; round < 2_000; round++)
        {
            int k = random.Next(2, 8);
            Dictionary<OpenKey, OpenCell> cells = Cells(random);
            int count = cells.Values.Sum(c => c.Count);
            int persons = cells.Values.Aggregate(new OpenCell(), (all, c) => { all.Absorb(c); return all; }).Persons;
            HashSet<OpenKey> large = [.. cells.Where(c => c.Value.Persons >= k).Select(c => c.Key)];
            IReadOnlyList<(OpenKey Key, OpenCell Cell)> published = Partition.Of(cells, k);
            Assert.All(published, p => Assert.True(p.Cell.Persons >= k, $"round {round}: {p.Key} has {p.Cell.Persons} < {k}"));
            Assert.All(published.Where(p => p.Key.Service != OpenKey.Together), p => Assert.Contains(p.Key, large));
            Assert.Equal(published.Count, published.Select(p => p.Key).Distinct().Count());
            if (published.Count > 0)
            {
                Assert.Equal(count, published.Sum(p => p.Cell.Count));
            }
            else
            {
                Assert.True(persons < k);
                withheld++;
            }
            together += published.Count(p => p.Key.Service == OpenKey.Together);
        }
        Assert.True(withheld > 0 && together > 0);
    }

    [Fact]
    public void One_small_number_takes_the_smallest_other_with_it()
    {
        Dictionary<OpenKey, OpenCell> cells = new() { [Key("a")] = Cell(1), [Key("b")] = Cell(7), [Key("c")] = Cell(9) };
        Assert.Equal([("*", 8), ("c", 9)], Partition.Of(cells, 5).Select(p => (p.Key.Service, p.Cell.Count)).OrderBy(p => p.Count));
    }

    [Fact]
    public void Many_cases_of_one_person_are_one_person()
    {
        OpenCell cell = new();
        for (int i = 0; i < 20; i++)
        {
            cell.Add(TwinId.Citizen(42));
        }
        Assert.Empty(Partition.Of(new Dictionary<OpenKey, OpenCell> { [Key("a")] = cell }, 5));
    }

    private static OpenKey Key(string service) => new(TwinId.Commune(1), service);

    private static OpenCell Cell(int count)
    {
        OpenCell cell = new();
        for (int i = 0; i < count; i++)
        {
            cell.Add(default, (i % 2 == 0, i));
        }
        return cell;
    }

    private static Dictionary<OpenKey, OpenCell> Cells(Random random)
    {
        Dictionary<OpenKey, OpenCell> cells = [];
        for (int i = random.Next(12); i >= 0; i--)
        {
            OpenCell cell = new();
            for (int n = random.Next(1, random.Next(2, 15)); n > 0; n--)
            {
                cell.Add(random.Next(3) == 0 ? default : TwinId.Citizen(random.Next(30)), random.Next(2) == 0 ? null : (true, 1));
            }
            cells[new OpenKey(TwinId.Commune(random.Next(1, 4)), $"s{random.Next(4)}")] = cell;
        }
        return cells;
    }
}
