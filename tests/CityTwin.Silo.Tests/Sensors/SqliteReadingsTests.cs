using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Tests.Sensors;

public sealed class SqliteReadingsTests(ITestOutputHelper output) : ReadingStoreContract(output)
{
    private readonly TemporaryFolder _folder = new();

    protected override string Place => _folder.File("r.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void A_typical_series_takes_few_bytes()
    {
        var values = Enumerable.Range(0, 180).Select(i => KeyValuePair.Create(i * 5_000L, Math.Round(1.2 + (i * 0.003), 3))).ToArray();
        byte[] packed = ReadingChunk.Write(0, values);
        SortedList<long, double> back = [];
        ReadingChunk.Read(0, packed, back);
        Assert.Equal(values, back);
        Assert.InRange(packed.Length, 180, 180 * 5);
    }
}
