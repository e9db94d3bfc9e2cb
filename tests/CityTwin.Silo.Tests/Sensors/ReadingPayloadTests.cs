using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Tests.Sensors;

public sealed class ReadingPayloadTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("water", """{"dateObserved":"2025-10-27T10:00:00+07:00","height":2.5,"flow":1200,"id":"x","location":{"type":"Point"}}""", "WaterLevel=2.5 WaterFlow=1200")]
    [InlineData("rain", """{"precipitation":12.4,"dateObserved":"2025-10-27T03:00:00Z"}""", "Rainfall=12.4")]
    [InlineData("air", """{"dateObserved":"2025-10-27T03:00:00Z","pm25":38,"pm10":60,"o3":80,"no2":20,"so2":5,"co":400}""", "Pm25=38 Pm10=60 Ozone=80 NitrogenDioxide=20 SulphurDioxide=5 CarbonMonoxide=400")]
    [InlineData("noise", """{"dateObservedTo":"2025-10-27T03:00:00Z","LAeq":67.1}""", "SoundLevel=67.1")]
    [InlineData("traffic", """{"dateObservedTo":"2025-10-27T03:00:00Z","occupancy":0.25,"intensity":900,"averageVehicleSpeed":31}""", "RoadOccupancy=25 TrafficIntensity=900 VehicleSpeed=31")]
    [InlineData("light", """{"dateObserved":"2025-10-27T03:00:00Z","status":"defectiveLamp"}""", "LampFault=1")]
    [InlineData("light", """{"dateObserved":"2025-10-27T03:00:00Z","status":"ok"}""", "LampFault=0")]
    [InlineData("link", """{"dateObserved":"2025-10-27T03:00:00Z","packetLoss":100,"latency":12}""", "PacketLoss=100 Latency=12")]
    [InlineData("security", """{"dateObserved":"2025-10-27T03:00:00Z","openEvents":3,"stoppedEvents":64000}""", "OpenEvents=3 StoppedEvents=64000")]
    [InlineData("water", "[1761534000000,2.5]", "WaterLevel=2.5")]
    [InlineData("water", "[[1761534000000,2.5]]", "WaterLevel=2.5")]
    [InlineData("gateway", """[["water","KL01",1761534000000,2.5],["rain","R1",1761534000000,3]]""", "WaterLevel=2.5 Rainfall=3")]
    public void Every_form_is_read(string kind, string payload, string expected)
    {
        ReadingList list = new();
        Assert.Null(ReadingPayload.Read(Route(kind), Encoding.UTF8.GetBytes(payload), list));
        Assert.Equal(expected, string.Join(' ', list.Readings.ToArray().Select(r => FormattableString.Invariant($"{r.Measure}={r.Value}"))));
        Assert.All(list.Readings.ToArray(), r => Assert.Equal(1_761_534_000_000, r.AtMs));
    }

    [Theory]
    [InlineData("water", "", "no JSON")]
    [InlineData("water", "{\"height\":2.5}", "dateObserved is missing")]
    [InlineData("water", "{\"dateObserved\":\"yesterday\",\"height\":2.5}", "dateObserved is no ISO 8601 moment")]
    [InlineData("water", "{\"dateObserved\":\"2025-10-27T03:00:00Z\",\"height\":\"high\"}", "height is no value")]
    [InlineData("water", "{\"dateObserved\":\"2025-10-27T03:00:00Z\"}", "no reading in it")]
    [InlineData("water", "[1761534000000]", "the value is no number")]
    [InlineData("water", "[1761534000000,1,2]", "expected [at, value]")]
    [InlineData("water", "[1.5,1]", "the time is no whole number")]
    [InlineData("water", "[]", "no reading in it")]
    [InlineData("water", "\"x\"", "expected an object or an array")]
    [InlineData("water", "[1761534000000,1] 2", "no JSON")]
    [InlineData("gateway", "{}", "a gateway sends")]
    [InlineData("gateway", "[[\"water\",\"K L\",1761534000000,2.5]]", "names no sensor")]
    [InlineData("gateway", "[[\"tide\",\"KL\",1761534000000,2.5]]", "names no sensor")]
    public void What_is_wrong_is_said(string kind, string payload, string reason) =>
        Assert.Contains(reason, ReadingPayload.Read(Route(kind), Encoding.UTF8.GetBytes(payload), new ReadingList()), StringComparison.Ordinal);

    [Fact]
    public void Whatever_bytes_come_are_readings_or_have_a_reason()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        ReadingList list = new();
        int taken = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string kind = random.Next(3) switch { 0 => "water", 1 => "air", _ => "gateway" };
            byte[] payload = Encoding.UTF8.GetBytes(Payloads[random.Next(Payloads.Length)]);
            for (int changes = random.Next(4); changes > 0; changes--)
            {
                payload[random.Next(payload.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:0e-"[random.Next(10)];
            }
            list.Clear();
            string? wrong = ReadingPayload.Read(Route(kind), payload.AsSpan(0, random.Next(8) == 0 ? random.Next(payload.Length) : payload.Length), list);
            Assert.True(wrong is { Length: > 0 } || list.Count > 0, Encoding.Latin1.GetString(payload));
            taken += wrong is null ? 1 : 0;
        }
        Assert.InRange(taken, 1, 19_999);
    }

    private static readonly string[] Payloads =
    [
        """{"dateObserved":"2025-10-27T10:00:00+07:00","height":2.5,"flow":1200,"location":{"type":"Point","coordinates":[1,2]}}""",
        """{"dateObserved":"2025-10-27T03:00:00Z","pm25":38,"pm10":60,"o3":80}""", "[1761534000000,2.5]", "[[1761534000000,2.5],[1761534060000,2.6]]",
        """[["water","KL01",1761534000000,2.5],["rain","R1",1761534000000,3]]""", "\"x\"", "1e999", "[[],[]]",
    ];

    [Theory]
    [InlineData("city/46/19753/water/KL01", true)]
    [InlineData("city/79/19753/water/KL01", false)]
    [InlineData("city/46/x/water/KL01", false)]
    [InlineData("city/46/19753/tide/KL01", false)]
    [InlineData("city/46/19753/water/K L", false)]
    [InlineData("city/46/19753/water/KL01/more", false)]
    public void A_topic_of_the_convention_is_recognised(string topic, bool expected) =>
        Assert.Equal(expected, ReadingRoute.Parse(topic, 46) is not null);

    private static ReadingRoute Route(string kind) => ReadingRoute.Parse($"city/46/19753/{kind}/S1", 46)!;
}
