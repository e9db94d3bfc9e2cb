using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Simulation.Cli.Bench;
using CityTwin.Simulation.Tests.Drive;

namespace CityTwin.Simulation.Tests.Live;

public sealed class FromServerTests
{
    [Fact]
    public async Task The_command_line_starts_from_the_city_that_a_server_serves()
    {
        await using ServerProcess server = new();
        await server.StartAsync();
        using HttpClient http = new() { BaseAddress = server.Url };
        for (int i = 1; i <= 3; i++)
        {
            using HttpResponseMessage filed = await http.PostAsJsonAsync("/cases", new
            {
                kind = "dossier",
                service = "1.000894",
                commune = "commune/19753",
                citizen = $"citizen/00000000000{i}",
                channel = "onlinePortal",
                documents = new[] { "citizen-id", "marital-status" },
            });
            Assert.True(filed.IsSuccessStatusCode);
        }
        string folder = Directory.CreateTempSubdirectory("citytwin-from-").FullName;
        try
        {
            string scenario = Path.Combine(folder, "live.yaml");
            string answer = Path.Combine(folder, "answer.json");
            await File.WriteAllTextAsync(
                scenario,
                "name: As it stands\nbase: {city: live, start: 2025-06-30, days: 21, assume: {dossiers_per_day: 0, reject: 0}}\nrun: {replications: 2}\n");
            Command command = WhatIfCommand.Create();
            Assert.Equal(0, await command.Parse([scenario, "--from", server.Url.ToString(), "--json", answer]).InvokeAsync());
            using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(answer));
            JsonElement figures = result.RootElement.GetProperty("variants")[0].GetProperty("figures");
            JsonElement resolved = figures.EnumerateArray().Single(f => f.GetProperty("key").GetString() == "resolved");
            Assert.Equal(3, resolved.GetProperty("value").GetProperty("estimate").GetDouble(), 1.0);
            Assert.Equal(2, await command.Parse([scenario, "--from", server.Url.ToString(), "--at", "2031-01-01T00:00:00Z"]).InvokeAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
