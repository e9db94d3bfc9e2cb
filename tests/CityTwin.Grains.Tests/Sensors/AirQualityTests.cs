namespace CityTwin.Grains.Tests.Sensors;

/// <summary>VN_AQI by the break points of Decision 1459/QĐ-TCMT (2019), and NowCast by its formula.</summary>
public sealed class AirQualityTests
{
    [Theory]
    [InlineData(Measure.Pm25, 0, 0)]
    [InlineData(Measure.Pm25, 25, 50)]
    [InlineData(Measure.Pm25, 50, 100)]
    [InlineData(Measure.Pm25, 80, 150)]
    [InlineData(Measure.Pm25, 150, 200)]
    [InlineData(Measure.Pm25, 250, 300)]
    [InlineData(Measure.Pm25, 350, 400)]
    [InlineData(Measure.Pm25, 500, 500)]
    [InlineData(Measure.Pm25, 900, 500)]
    [InlineData(Measure.Pm25, 37.5, 75)]
    [InlineData(Measure.Pm10, 150, 100)]
    [InlineData(Measure.Pm10, 600, 500)]
    [InlineData(Measure.Ozone, 160, 50)]
    [InlineData(Measure.Ozone, 180, 75)]
    [InlineData(Measure.NitrogenDioxide, 700, 150)]
    [InlineData(Measure.SulphurDioxide, 550, 150)]
    [InlineData(Measure.CarbonMonoxide, 10_000, 50)]
    [InlineData(Measure.CarbonMonoxide, 150_000, 500)]
    public void The_index_runs_straight_between_the_tables_break_points(Measure measure, double concentration, int expected) =>
        Assert.Equal(expected, AirQuality.IndexOf(measure, concentration));

    [Fact]
    public void Steady_air_casts_itself() =>
        Assert.Equal(40, AirQuality.NowCast([40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40]), 9);

    [Fact]
    public void The_weight_is_the_ratio_of_extremes_but_at_least_one_half()
    {
        // w = 40/60 = 2/3: (60 + 2/3·50 + 4/9·40) / (1 + 2/3 + 4/9)
        Assert.Equal((60 + (50 * 2 / 3.0) + (40 * 4 / 9.0)) / (1 + (2 / 3.0) + (4 / 9.0)), AirQuality.NowCast([60, 50, 40]), 9);
        // w = 10/100 is raised to 1/2
        Assert.Equal((100 + (0.5 * 10)) / 1.5, AirQuality.NowCast([100, 10]), 9);
    }

    [Fact]
    public void Two_of_the_last_three_hours_are_needed_and_older_gaps_are_left_out()
    {
        double none = double.NaN;
        Assert.True(double.IsNaN(AirQuality.NowCast([none, none, 30, 30, 30])));
        Assert.True(double.IsNaN(AirQuality.NowCast([30, none, none, 30, 30])));
        Assert.Equal(30, AirQuality.NowCast([30, none, 30, none, 30]), 9);
    }
}
