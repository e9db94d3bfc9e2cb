using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Forgetting;

/// <summary>Forgets somebody on a running cluster: in the journal at once, then in the memory of every node.</summary>
internal sealed class CityForgetting(string journal, IGrainFactory grains, Func<SiloAddress[]> members, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Destroys the key, and returns when no node has anything under it any more. A repeat waits for the nodes again.</summary>
    /// <returns>Whether there was a key.</returns>
    /// <exception cref="JournalException">Nothing was forgotten.</exception>
    /// <exception cref="RuntimeUnavailableException">The key is destroyed, but a node does not say that it has forgotten: ask again.</exception>
    public async Task<bool> ForgetAsync(TwinId subject)
    {
        bool known = await Task.Run(() => ForgottenTable.Add(journal, subject));
        await Task.WhenAll(members().Select(ConfirmedAsync));
        return known;
    }

    private async Task ConfirmedAsync(SiloAddress silo)
    {
        long began = Stopwatch.GetTimestamp();
        while (members().Contains(silo))
        {
            try
            {
                await grains.GetGrain<IForgettingGrain>(silo.ToParsableString()).CatchUp();
                return;
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                if (Stopwatch.GetElapsedTime(began) > patience)
                {
                    throw new RuntimeUnavailableException("the texts are unreadable in the journal, but a node has not confirmed that it holds none: ask again", e);
                }
                await Task.Delay(Pause);
            }
        }
    }
}
