using System.Diagnostics;

namespace CityTwin.ClientApi.Tests.Queries;

public sealed class QueryCommandTests
{
    [Fact]
    public async Task The_command_prints_tables_CSV_and_JSON_and_points_at_mistakes()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int i = 0; i < 3; i++)
        {
            await city.FileAsync($"citizen/00000000010{i}");
        }
        string after = city.Api.Runtime.Position.ToString();
        (int code, string csv, _) = await RunAsync(city, "commune==19753", "--select", "id,service,commune", "--format", "csv", "--after", after);
        Assert.Equal((0, 4), (code, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.StartsWith("id,service,commune", csv, StringComparison.Ordinal);
        (code, string json, _) = await RunAsync(city, "open==true", "--format", "json", "--limit", "2");
        Assert.Equal((0, 2), (code, json.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        (code, string table, _) = await RunAsync(city, "open==true", "--groupBy", "commune", "--aggregate", "count");
        Assert.Equal(0, code);
        Assert.Contains("commune/19753", table, StringComparison.Ordinal);
        (code, _, string error) = await RunAsync(city, "stage==queud");
        Assert.Equal(2, code);
        Assert.Contains("q: stage==queud\n          ^ ", error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'queued'", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(RunningCity city, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin.dll");
        var start = new ProcessStartInfo("dotnet", [program, "query", .. arguments, "--url", city.Http.BaseAddress!.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
