using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests;

public sealed class CaseTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_adding_finding_and_removing_agrees_with_a_dictionary()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var table = new CaseTable();
        var model = new Dictionary<long, long>();
        for (int i = 0; i < 200_000; i++)
        {
            long number = random.Next(30_000) << random.Next(20);
            if (model.ContainsKey(number) && random.Next(2) == 0)
            {
                table.Remove(number);
                model.Remove(number);
            }
            else if (model.TryAdd(number, i))
            {
                ref CaseRow row = ref table.Add(number);
                row.Stage = CaseStage.Queued;
                row.DueAt = i;
            }
        }
        Assert.Equal(model.Count, table.Count);
        foreach ((long number, long due) in model)
        {
            Assert.Equal(due, table[table.Find(number)].DueAt);
        }
        int scanned = 0;
        for (int from = 0; from < table.Extent; from += CaseTable.ChunkRows)
        {
            foreach (CaseRow row in table.Chunk(from))
            {
                scanned += row.Stage == CaseStage.Absent ? 0 : 1;
            }
        }
        Assert.Equal(model.Count, scanned);
        Assert.Equal(-1, table.Find(1L << 57));
    }

    [Fact]
    public void A_row_is_64_bytes() => Assert.Equal(64, System.Runtime.CompilerServices.Unsafe.SizeOf<CaseRow>());
}
