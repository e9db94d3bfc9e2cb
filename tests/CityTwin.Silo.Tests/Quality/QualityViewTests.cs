using System.Buffers;
using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Quality;

namespace CityTwin.Silo.Tests.Quality;

public sealed class QualityViewTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly OfficeDefinition Office = BundledCities.Read("hue").Offices[0];
    private static readonly TwinId Commune = Office.Profile.Id;
    private static readonly TwinId Official = TwinId.Official((Commune.Number * 1000) + 1);
    private static readonly GeoPoint Here = new(Office.Profile.Latitude, Office.Profile.Longitude);

    private readonly QualityView _view = new();
    private long _position;

    public QualityViewTests()
    {
        Tell(Commune, new OfficeEvent.OfficeEstablished(At, Office.Profile, Office.Desks));
        Tell(Official, new OfficialEvent.OfficialAppointed(At, Commune, Office.Desks[0].Id));
    }

    private OfficeQuality Counted => _view.Offices()[Commune];

    [Fact]
    public void Fields_that_are_missing_are_counted()
    {
        Tell(TwinId.Case(1), Report("Đèn tắt", Here, TwinId.Citizen(5)));
        Tell(TwinId.Case(2), Report("Đèn tắt nữa", null, default));
        Assert.Equal((4, 2), (Counted.FieldsExpected, Counted.FieldsMissing));
        Tell(TwinId.Case(3), Dossier(TwinId.Citizen(6), ["a", "b", "c"]));
        Tell(TwinId.Case(3), new CaseEvent.DocumentsChecked(At, ["a"], ["b"], TimeSpan.FromHours(1), At.AddDays(1)));
        Tell(TwinId.Case(3), new CaseEvent.DocumentsChecked(At, ["a", "b"], [], null, null));
        Assert.Equal((7, 3), (Counted.FieldsExpected, Counted.FieldsMissing));
        Tell(TwinId.Case(1), new CaseEvent.CaseResolved(At, Official, " ", TimeSpan.Zero, true));
        Tell(TwinId.Case(2), new CaseEvent.CaseResolved(At, Official, "Đã thay bóng", TimeSpan.Zero, true));
        Assert.Equal((9, 4), (Counted.FieldsExpected, Counted.FieldsMissing));
    }

    [Fact]
    public void A_place_far_from_its_commune_fails_its_check()
    {
        Tell(TwinId.Case(1), Report("a", Here, default));
        Tell(TwinId.Case(2), Report("b", new GeoPoint(10.8, 106.7), default));
        Assert.Equal((2, 1), (Counted.ChecksMade, Counted.ChecksFailed));
    }

    [Fact]
    public void The_same_said_again_within_a_week_is_a_duplicate()
    {
        Tell(TwinId.Case(1), Report("Rác đầy, hôi!", null, default));
        Tell(TwinId.Case(2), Report("rác đầy hôi", null, default));
        Tell(TwinId.Case(3), Report("Rác khác", null, default));
        Tell(TwinId.Case(4), Report("...", null, default));
        Tell(TwinId.Case(5), Report("!!!", null, default));
        Assert.Equal((5, 1), (Counted.Records, Counted.Duplicates));
        Tell(TwinId.Case(6), Report("Rác khác", null, default) with { At = At.AddDays(8) });
        Tell(TwinId.Case(7), Dossier(TwinId.Citizen(6), []));
        Tell(TwinId.Case(8), Dossier(TwinId.Citizen(7), []));
        Tell(TwinId.Case(9), Dossier(TwinId.Citizen(6), []));
        Assert.Equal(2, Counted.Duplicates);
    }

    [Fact]
    public void Delays_and_implausible_alerts_of_sensors_count_for_their_commune()
    {
        TwinId sensor = TwinId.Sensor(9);
        Tell(sensor, new SensorEvent.SensorRegistered(At, new SensorProfile(SensorKind.Water, "w", TwinId.City(46), Commune, null), new SensorRules()));
        Tell(sensor, new SensorEvent.AlertRaised(At.AddSeconds(10), AlertKind.Threshold, 1, 1, At));
        Tell(sensor, new SensorEvent.AlertRaised(At.AddSeconds(200), AlertKind.Implausible, 1, 1, At));
        Assert.Equal((2, 1, 210_000, 200_000), (Counted.Timed, Counted.TimedSoon, Counted.DelayMsSum, Counted.DelayMsMax));
        Assert.Equal((2, 1), (Counted.ChecksMade, Counted.ChecksFailed));
    }

    [Fact]
    public void Codes_that_the_catalogue_does_not_have_are_unknown()
    {
        Tell(TwinId.Case(1), Report("a", null, default));
        Tell(TwinId.Case(2), Report("b", null, default) with { Service = "long-gone" });
        Assert.Equal(1, Counted.UnknownCodes(BundledCities.Read("hue").Rules.Catalogue));
    }

    [Fact]
    public void The_saved_form_goes_on_where_the_view_was()
    {
        Tell(TwinId.Case(1), Report("a", Here, default));
        Tell(TwinId.Case(2), Dossier(TwinId.Citizen(6), ["x"]));
        ArrayBufferWriter<byte> saved = new();
        _view.Save(saved);
        QualityView other = new();
        Assert.True(other.Load(saved.WrittenSpan));
        foreach (QualityView view in new[] { _view, other })
        {
            view.Apply(Recorded(TwinId.Case(2), new CaseEvent.DocumentsChecked(At, [], ["x"], null, null)));
            view.Apply(Recorded(TwinId.Case(3), Report("a", Here, default)));
        }
        OfficeQuality one = Counted, two = other.Offices()[Commune];
        Assert.Equal((one.Records, one.FieldsMissing, one.Duplicates, one.ChecksMade), (two.Records, two.FieldsMissing, two.Duplicates, two.ChecksMade));
        Assert.Equal((3, 1), (two.Records, two.Duplicates));
        Assert.False(other.Load(saved.WrittenSpan[..^3]));
        Assert.Empty(other.Offices());
    }

    private static CaseEvent.CaseFiled Report(string text, GeoPoint? place, TwinId citizen) => new(
        At, CaseKind.Feedback, "noise", Commune, Commune, citizen, Channel.App, Urgency.Normal, At.AddDays(1), "inspection", 10, [], [], text, place);

    private static CaseEvent.CaseFiled Dossier(TwinId citizen, ImmutableArray<string> needed) => new(
        At, CaseKind.Dossier, "1.000894", Commune, Commune, citizen, Channel.Counter, Urgency.Normal, At.AddDays(1), "civil-status", 10, needed, [], null, null);

    private void Tell(TwinId twin, TwinEvent happened) => _view.Apply(Recorded(twin, happened));

    private RecordedEvent Recorded(TwinId twin, TwinEvent happened) => new(++_position, twin, 1, 0, At, default, happened);
}
