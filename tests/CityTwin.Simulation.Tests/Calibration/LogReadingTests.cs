using System.Text;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Tests.Calibration;

public sealed class LogReadingTests
{
    private const string Csv = """"
        id,step,at,who,dept,due
        c1,receive,2026-03-02T08:00:00+07:00,An,"Land, north",2026-03-04T17:00:00+07:00
        c2,receive,2026-03-02T09:00:00+07:00,An,Social,
        c1,"decide ""yes""",2026-03-03T10:00:00+07:00,Bình,"Land, north",2026-03-04T17:00:00+07:00

        """";

    private const string Xes = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xmlns="http://www.xes-standard.org/">
          <trace>
            <string key="concept:name" value="c1"/><string key="dept" value="Land"/><date key="due" value="2026-03-04T17:00:00+07:00"/>
            <event><string key="concept:name" value="receive"/><date key="time:timestamp" value="2026-03-02T08:00:00+07:00"/><string key="org:resource" value="An"/><string key="lifecycle:transition" value="start"/></event>
            <event><string key="concept:name" value="receive"/><date key="time:timestamp" value="2026-03-02T08:10:00+07:00"/></event>
          </trace>
          <trace><string key="concept:name" value="c2"/>
            <event><string key="concept:name" value="receive"/><date key="time:timestamp" value="2026-03-02T09:00:00+07:00"/></event>
          </trace>
        </log>
        """;

    private const string Ocel = """
        {"objectTypes":[],"eventTypes":[],
         "objects":[{"id":"d1","type":"dossier","attributes":[{"name":"dept","time":"1970-01-01T00:00:00Z","value":"Land"},{"name":"due","time":"1970-01-01T00:00:00Z","value":"2026-03-04T10:00:00Z"}]},
                    {"id":"p1","type":"person","attributes":[]}],
         "events":[{"id":"e1","type":"receive","time":"2026-03-02T01:00:00Z","attributes":[{"name":"resource","value":"An"}],"relationships":[{"objectId":"d1","qualifier":""},{"objectId":"p1","qualifier":""}]},
                   {"id":"e2","type":"decide","time":"2026-03-03T01:00:00Z","attributes":[],"relationships":[{"objectId":"d1","qualifier":""}]}]}
        """;

    private static EventLog ReadCsv(string text, string map = "case=id,activity=step,time=at,resource=who,office=dept,deadline=due") =>
        CsvLog.Read(new StringReader(text), CsvMapping.Parse(map));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Csv_is_read_by_its_mapping()
    {
        EventLog log = ReadCsv(Csv);
        Assert.Equal(["c1", "c2"], log.Cases.Select(c => c.Id));
        Assert.Equal("Land, north", log.Cases[0].Office);
        Assert.Equal("decide \"yes\"", log.Cases[0].Events[1].Activity);
        Assert.True(log.Cases[0].OnTime);
        Assert.Null(log.Cases[1].OnTime);
    }

    [Theory]
    [InlineData("", "1:1: the file is empty")]
    [InlineData("id,step\n", "1:1: no column 'at'")]
    [InlineData("id,step,at,who,dept,due\nc1,receive,yesterday,An,Land,\n", "2: cell 3: 'yesterday' is no time")]
    [InlineData("id,step,at,who,dept,due\nc1,receive\n", "2:1: 2 cells, expected 6")]
    [InlineData("id,step,at,who,dept,due\n", "1:1: the log has no event")]
    public void A_mistake_in_a_csv_log_has_its_place(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => ReadCsv(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_role_in_a_mapping_is_refused() =>
        Assert.Contains("expected case, activity", Assert.Throws<FormatException>(() => CsvMapping.Parse("cse=id")).Message, StringComparison.Ordinal);

    [Fact]
    public void Xes_is_read_with_office_deadline_and_beginnings()
    {
        EventLog log = XesLog.Read(Bytes(Xes), "dept", "due");
        Assert.Equal(2, log.Cases.Length);
        Assert.Equal("Land", log.Cases[0].Office);
        Assert.True(log.Cases[0].Events[0].IsStart);
        Assert.Equal("An", log.Cases[0].Events[0].Resource);
        Assert.Equal(10, (log.Cases[0].EndedAt - log.Cases[0].ArrivedAt).TotalMinutes);
        Assert.NotNull(log.Cases[0].Deadline);
    }

    [Fact]
    public void Broken_xes_is_refused_with_its_place_and_no_dtd_is_read()
    {
        Assert.StartsWith("1:", Assert.Throws<FormatException>(() => XesLog.Read(Bytes("<log><trace></log>"))).Message, StringComparison.Ordinal);
        string dtd = "<!DOCTYPE log [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><log>&x;</log>";
        Assert.Throws<FormatException>(() => XesLog.Read(Bytes(dtd)));
    }

    [Fact]
    public void Ocel_is_read_from_the_objects_that_most_events_have()
    {
        EventLog log = OcelLog.Read(Bytes(Ocel), office: "dept", deadline: "due");
        LoggedCase dossier = Assert.Single(log.Cases);
        Assert.Equal(("d1", "Land", 2), (dossier.Id, dossier.Office, dossier.Events.Length));
        Assert.True(dossier.OnTime);
        Assert.Equal("p1", Assert.Single(OcelLog.Read(Bytes(Ocel), "person").Cases).Id);
    }

    [Theory]
    [InlineData("{", "1:")]
    [InlineData("[]", "$.objects: expected a list")]
    [InlineData("{\"objects\":[{\"id\":\"a\"}]}", "$.objects[0].type is missing")]
    public void A_mistake_in_an_ocel_log_has_its_path(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => OcelLog.Read(Bytes(json))).Message, StringComparison.Ordinal);
}
