using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal.Personal;
using Npgsql;

namespace CityTwin.Cluster.Forgetting;

/// <summary>Where a node holds what citizens wrote, and how it goes: keys, twins, views.</summary>
/// <remarks>
/// It catches up on its committer's thread, between two groups: so no state that had the texts is committed under a new key, and none
/// is on its way from the journal to a twin unnoticed.
/// </remarks>
internal sealed class NodeMemory(NpgsqlDataSource source, KeyRing ring, TextHolders twins, Func<Forgotten, Task> forgetInViews)
{
    private Task _going = Task.CompletedTask;
    private long _known;

    /// <summary>The number of the last one that this node has forgotten; committing needs the cluster's last.</summary>
    public long Known => Volatile.Read(ref _known);

    /// <summary>Before the node has anything in memory: it begins with the last one.</summary>
    public void Start() => _known = ForgottenTable.Last(source);

    /// <summary>Forgets all those that other nodes know of.</summary>
    /// <returns>Completes when nothing is left in twins and views.</returns>
    public Task CatchUp()
    {
        foreach (Forgotten forgotten in ForgottenTable.After(source, _known))
        {
            ring.Destroyed(forgotten.Subject);
            Task leaving = twins.GiveUp((twin, state) => PersonalFields.HasText(state) && PersonalFields.SubjectOf(twin, state) == forgotten.Subject);
            _going = Task.WhenAll(_going, leaving, forgetInViews(forgotten));
            Volatile.Write(ref _known, forgotten.Number);
        }
        return _going;
    }
}
