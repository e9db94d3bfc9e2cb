using System.Xml.Linq;

namespace CityTwin.Tidy.Tests;

public class ReferenceGraphTests
{
    // References run one way (docs/architecture.md). Programs compose, libraries do not.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["grains/CityTwin.Grains.csproj"] = [],
        ["ml/CityTwin.Ml.csproj"] = [],
        ["silo/CityTwin.Silo.csproj"] = ["CityTwin.Grains"],
        ["simulation/core/CityTwin.Simulation.csproj"] = ["CityTwin.Grains", "CityTwin.Ml"],
        ["simulation/CityTwin.Simulation.Cli.csproj"] = ["CityTwin.Simulation", "CityTwin.Silo", "CityTwin.Grains", "CityTwin.Ml"],
        ["client-api/CityTwin.ClientApi.csproj"] = ["CityTwin.Silo", "CityTwin.Simulation", "CityTwin.Ml", "CityTwin.Grains"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_part_references_only_the_parts_below_it(string project)
    {
        string[] found = [.. XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];

        Assert.Empty(found.Except(Allowed[project]));
    }

    [Fact]
    public void Every_product_project_has_its_place_in_the_graph()
    {
        string[] found = [.. new[] { "grains", "silo", "client-api", "ml", "simulation" }
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(p => p is not ("grains/orleans/CityTwin.Grains.Orleans.csproj" or "silo/cluster/CityTwin.Cluster.csproj"))];

        Assert.Equal(Allowed.Keys.Order(), found.Order());
    }

    [Fact]
    public void Grains_use_no_package_at_run_time()
    {
        XDocument project = XDocument.Load(Path.Combine(Repository.Root, "grains/CityTwin.Grains.csproj"));

        Assert.All(project.Descendants("PackageReference"), p => Assert.Equal("all", p.Attribute("PrivateAssets")?.Value));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Fact]
    public void Every_package_version_is_central()
    {
        string[] own = [.. Repository.Files(".", "*.csproj")
            .Where(p => XDocument.Load(Path.Combine(Repository.Root, p)).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null))];

        Assert.Empty(own);
    }

    [Fact]
    public void The_top_level_holds_what_was_agreed()
    {
        string[] parts = ["silo", "grains", "client-api", "ml", "tests", "simulation", "docs"];

        Assert.All(parts, p => Assert.True(Directory.Exists(Path.Combine(Repository.Root, p)), p));
        Assert.All(new[] { "CityTwin.sln", "README.md", "TERMS.md", ".ci/run" }, f => Assert.True(File.Exists(Path.Combine(Repository.Root, f)), f));
    }
}
