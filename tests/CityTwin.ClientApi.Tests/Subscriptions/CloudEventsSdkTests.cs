using System.Diagnostics;
using System.Text.Json;
using CityTwin.ClientApi.Tests.Standards;
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
        string node = NodePackages.Folder("Subscriptions", "node");
        await NodePackages.NeedAsync(node, "cloudevents");
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
}
