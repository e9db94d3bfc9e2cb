using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class CommitterTests
{
    [Fact]
    public void The_turn_thread_is_told_of_a_commit_when_the_next_batch_can_be_handed_over()
    {
        using TemporaryFolder folder = new();
        using SqliteJournal journal = SqliteJournal.Open(folder.File("city.db"), CityTwins.Types);
        using ViewFeed views = new([], 0, _ => { }, () => { }, _ => { });
        Committer? committer = null;
        List<bool> idle = [];
        committer = new Committer(journal, views, new RuntimeStatistics(), () => idle.Add(committer!.IsIdle), RunSeams.Threads);

        committer.Start();
        committer.Post(new SealedBatch(new CommitBatch { Number = 1 }));
        committer.Stop();

        Assert.Equal([true], idle);
    }
}
