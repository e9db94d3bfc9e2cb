using System.Diagnostics;
using System.Text.Json;
using CityTwin.Silo.Subscriptions;

namespace CityTwin.ClientApi.Tests.Subscriptions;

/// <summary>The CloudEvents project's own SDK for JavaScript receives what CityTwin sends, in both modes.</summary>
public sealed class CloudEventsSdkTests
{
    [Theory]
    [InlineData("structured")]
    [InlineData("binary")]
    public async Task The_SDK_reads_and_validates_the_events(string mode)
    {
        string node = Path.Combine(Root(), "tests", "CityTwin.ClientApi.Tests", "Subscriptions", "node");
        Assert.SkipUnless(Directory.Exists(Path.Combine(node, "node_modules", "cloudevents")) || await InstallAsync(node), "needs node and npm with a registry");
        using Process receiver = Process.Start(new ProcessStartInfo("node", [Path.Combine(node, "receiver.mjs")]) { RedirectStandardOutput = true })!;
        try
        {
            string port = (await receiver.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            await using RunningCity city = await RunningCity.AloneAsync(o => o with { Subscriptions = new SubscriptionOptions { Path = store, AllowsPrivateTargets = true } });
            await city.PostAsync("/subscriptions", new { type = "case", target = $"http://127.0.0.1:{port}/", mode });
            JsonElement filed = (await city.FileAsync("citizen/000000000101")).GetProperty("case");
            JsonElement told = JsonDocument.Parse((await receiver.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
            Assert.Equal("valid", told.GetProperty("verdict").GetString());
            Assert.Equal(filed.GetProperty("id").GetString(), told.GetProperty("subject").GetString());
            Assert.Equal("org.citytwin.twin.entered", told.GetProperty("type").GetString());
            Assert.Equal(told.GetProperty("position").GetString(), told.GetProperty("data").GetProperty("position").ToString());
        }
        finally
        {
            receiver.Kill();
        }
    }

    private static async Task<bool> InstallAsync(string folder)
    {
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
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

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CityTwin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder!;
    }
}
