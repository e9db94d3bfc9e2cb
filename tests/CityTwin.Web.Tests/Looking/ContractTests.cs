using System.Diagnostics;

namespace CityTwin.Web.Tests;

public sealed class ContractTests(ServedCity city)
{
    private static readonly string Web = Path.Combine(AccessibilityTests.Root(), "client-api", "web");

    /// <summary>The API may have grown since the types were made; what the pages use of it must still be there.</summary>
    [Fact]
    public async Task The_pages_fit_the_document_that_the_city_serves()
    {
        // Below node_modules, so that the compiler finds its libraries and nothing of it is ever committed.
        string folder = Path.Combine(Web, "node_modules", ".contract");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Web, "src"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, "src", Path.GetRelativePath(Path.Combine(Web, "src"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string settings = (await File.ReadAllTextAsync(Path.Combine(Web, "tsconfig.json"), TestContext.Current.CancellationToken)).Replace(", \"vite.config.ts\"", "", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "tsconfig.json"), settings, TestContext.Current.CancellationToken);

        await RunAsync("node", "tools/api.mjs", city.Address.ToString(), Path.Combine(folder, "src", "api", "schema.ts"));
        await RunAsync("node", "node_modules/typescript/bin/tsc", "--noEmit", "--project", folder);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Web, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
    }
}
