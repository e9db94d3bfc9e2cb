using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests;

public sealed class LiveBoardTests(RunningCity city)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Documents = ["citizen-id", "marital-status"];

    [Fact]
    public async Task A_watcher_gets_the_board_and_then_what_changes()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        using LiveSocket watcher = await LiveSocket.ConnectAsync(city.Http.BaseAddress!, timeout.Token);

        JsonElement board = await watcher.NextAsync("board", timeout.Token);
        Assert.True(board.GetProperty("offices").GetArrayLength() >= 40);
        string id = (await city.FileAsync("citizen/000000005001")).GetProperty("case").GetProperty("id").GetString()!;
        JsonElement update;
        do
        {
            update = await watcher.NextAsync("update", timeout.Token);
        }
        while (!update.GetProperty("recent").EnumerateArray().Any(e => e.GetProperty("twin").GetString() == id));
        Assert.True(update.GetProperty("position").GetInt64() > board.GetProperty("position").GetInt64());

        // Rows name their office by its place in the board, and their numbers by its columns.
        JsonElement[] offices = [.. board.GetProperty("offices").EnumerateArray()];
        string[] columns = [.. board.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
        int place = Array.FindIndex(offices, o => o.GetProperty("profile").GetProperty("id").GetString() == RunningCity.Commune);
        JsonElement before = Assert.Single(board.GetProperty("rows").EnumerateArray(), r => r[0].GetInt32() == place);
        JsonElement after = Assert.Single(update.GetProperty("rows").EnumerateArray(), r => r[0].GetInt32() == place);
        int filed = Array.IndexOf(columns, "filed");
        Assert.True(after[filed].GetInt64() > before[filed].GetInt64());
        Assert.Equal(columns.Length, after.GetArrayLength());
        await watcher.CloseAsync(timeout.Token);
    }

    [Fact]
    public async Task A_watcher_who_does_not_listen_holds_up_nobody_and_is_told_the_outcome_of_what_was_missed()
    {
        const int Rounds = 16;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        await using RunningCity large = await RunningCity.AloneAsync(o => o with { City = BundledCities.Read("hcmc") });
        string[] communes = [.. BundledCities.Read("hcmc").Rules.Offices.Where(o => o.Kind == TwinKind.Commune).Select(o => o.ToString())];
        LivePolling slow = await LivePolling.ConnectAsync(large.Http, timeout.Token);
        using LiveSocket quick = await LiveSocket.ConnectAsync(large.Http.BaseAddress!, timeout.Token);
        int open = OpenAt(await quick.NextAsync("board", timeout.Token));

        // Each round changes every commune: some rounds are more than the server keeps for one who does not ask.
        JsonElement last = default;
        for (int round = 0; round < Rounds; round++)
        {
            object[] cases = [.. communes.Select((c, i) => new { kind = "dossier", service = RunningCity.Service, commune = c, channel = "onlinePortal", citizen = $"citizen/{(round * 1_000) + i + 1:D12}", documents = Documents })];
            await large.PostAsync("/cases/batch", new { cases });
            open += cases.Length;
            do
            {
                last = await quick.NextAsync("update", timeout.Token);
            }
            while (OpenAt(last) < open);
        }

        int told = 0;
        JsonElement update;
        var rows = new Dictionary<int, string>();
        do
        {
            update = await slow.NextAsync("update", timeout.Token);
            told++;
            foreach (JsonElement row in update.GetProperty("rows").EnumerateArray())
            {
                rows[row[0].GetInt32()] = row.GetRawText();
            }
        }
        while (OpenAt(update) < open);
        Assert.InRange(told, 1, Rounds / 2);
        Assert.All(last.GetProperty("rows").EnumerateArray(), row => Assert.Equal(row.GetRawText(), rows[row[0].GetInt32()]));
    }

    private static int OpenAt(JsonElement board) => board.GetProperty("figures").GetProperty("all").GetProperty("open").GetInt32();
}
