using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CityTwin.ClientApi.Tests;

public sealed partial class DocumentedExamplesTests
{
    [Fact]
    public async Task Every_command_of_the_API_page_works()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "needs bash and curl");
        await using RunningCity city = await RunningCity.AloneAsync();
        string page = await File.ReadAllTextAsync(PagePath(), TestContext.Current.CancellationToken);
        string[] blocks = [.. Block().Matches(page).Select(m => m.Groups[1].Value).Where(b => !b.Contains("dotnet run", StringComparison.Ordinal))];
        Assert.True(blocks.Length >= 4);
        string script = $"set -euo pipefail\napi={city.Http.BaseAddress!.ToString().TrimEnd('/')}\ncurl() {{ command curl --fail-with-body \"$@\"; echo; }}\n{string.Join('\n', blocks)}";
        using Process bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string answers = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, answers + await errors);
        Assert.DoesNotContain("urn:citytwin:problem", answers, StringComparison.Ordinal);
        Assert.Contains("\"rating\":5", answers, StringComparison.Ordinal);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    private static string PagePath()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CityTwin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return Path.Combine(folder!, "docs", "api.md");
    }
}
