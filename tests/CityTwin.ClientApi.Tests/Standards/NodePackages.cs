using System.Diagnostics;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Standards;

/// <summary>Programs of others, run with Node.js: installed from the registry the first time that a test needs them.</summary>
internal static class NodePackages
{
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>A folder of this test project.</summary>
    public static string Folder(params string[] parts)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "CityTwin.sln")))
        {
            root = Path.GetDirectoryName(root);
        }
        return Path.Combine([root!, "tests", "CityTwin.ClientApi.Tests", .. parts]);
    }

    /// <summary>Installs what a folder's lock file names; the test is skipped where that cannot be had.</summary>
    public static async Task NeedAsync(string folder, string package)
    {
        await One.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", package)) || await InstallAsync(folder), $"needs node, and npm with a registry that has {package}");
        }
        finally
        {
            One.Release();
        }
    }

    /// <summary>Runs a script and reads the one JSON value that it prints.</summary>
    public static async Task<JsonElement> RunAsync(string folder, string script, params string[] arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string printed = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, $"{script} ended with {node.ExitCode}: {await errors}");
        return JsonDocument.Parse(printed).RootElement;
    }

    private static async Task<bool> InstallAsync(string folder)
    {
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = npm.StandardError.ReadToEndAsync();
            await npm.StandardOutput.ReadToEndAsync();
            await errors;
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
