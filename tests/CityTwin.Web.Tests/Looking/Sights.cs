namespace CityTwin.Web.Tests;

/// <summary>Every page, by a name for files and its address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is.</param>
public sealed record Sight(string Name, string Address)
{
    /// <summary>Whether its picture is of what fits the window: the page keeps something at the window's lower edge.</summary>
    public bool IsOfTheWindow => Name.StartsWith("board", StringComparison.Ordinal) || Name is "scenario";

    /// <summary>All pages of a city in which a case lies at a desk and a sensor is known.</summary>
    public static IReadOnlyList<Sight> All(string caseNumber, string deskNumber, string sensorNumber) =>
    [
        new("board", "/"), new("board-on-time", "/?measure=onTime"), new("cases", "/cases"), new("case", $"/cases/{caseNumber}"), new("commune", "/communes/19753"),
        new("department", "/departments/4607"), new("desk", $"/desks/{deskNumber}"), new("intake", "/intake"), new("runtime", "/runtime"),
        new("query", "/query"), new("query-groups", "/query?type=case&q=open%3D%3Dtrue&groupBy=office&aggregate=count,mean(age)&orderBy=!count"),
        new("query-mistake", "/query?type=case&q=open%3D%3Dtrue;stage%3D%3Dqueud"), new("cases-query", "/cases?q=open%3D%3Dtrue;urgency%3E%3Dnormal&follow=true"),
        new("board-condition", "/?measure=matching&q=open%3D%3Dtrue"), new("board-forecast", "/?measure=forecast"),
        new("sensors", "/sensors"), new("sensor", $"/sensors/{sensorNumber}"), new("not-here", "/nothing"),
    ];

    /// <summary>The pages of the planner's bench, when the runs of a pictured city are there.</summary>
    public static IReadOnlyList<Sight> Bench { get; } =
    [
        new("bench", "/whatif"), new("scenario", "/whatif/new?run=1"), new("run", "/whatif/runs/1"), new("sweep", "/whatif/runs/4"), new("under-way", "/whatif/runs/6"),
        new("comparison", "/whatif/compare?runs=1,2,3"), new("calibration", "/whatif/calibration"),
    ];

    /// <summary>Both sizes in both themes.</summary>
    public static IReadOnlyList<Look> Looks { get; } =
        [Look.Usual, Look.Usual with { IsDark = true }, Look.Phone, Look.Phone with { IsDark = true }];
}
