using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>The ledger: what must have happened to every case, by the acknowledgements alone.</content>
public sealed partial class CityPlay
{
    /// <summary>The ledger as it must be at a moment: what waits only for time has ended by then.</summary>
    /// <remarks>Cases that were there before the play are left out.</remarks>
    public Ledger LedgerAt(DateTimeOffset at)
    {
        var lines = new List<LedgerLine>(_slotCount);
        var withdrawn = new long[_offices.Length];
        for (int i = 0; i < _slotCount; i++)
        {
            ref Slot slot = ref _slots[i];
            if (slot.IsForeign || slot.Account.Filed == 0)
            {
                continue;
            }
            CaseAccount account = AccountAt(in slot, at.UtcTicks);
            int office = _sheet.OfficeOf(account.Office);
            if (office >= 0)
            {
                withdrawn[office] += account.Withdrawn;
            }
            lines.Add(new LedgerLine(
                slot.Case, account, slot.Service, slot.Channel, slot.FiledAt, slot.DecidedAt, slot.WaitedTicks, slot.Needed, slot.Reused));
        }
        var offices = new OfficeAccount[_offices.Length];
        for (int i = 0; i < offices.Length; i++)
        {
            ref OfficeTally o = ref _offices[i];
            offices[i] = new OfficeAccount(
                _sheet.City.Offices[i].Profile.Id, o.Filed, o.EscalatedIn, o.EscalatedOut, o.Resolved, o.Rejected, withdrawn[i], o.OnTime, o.Ratings);
        }
        return new Ledger([.. lines], offices);
    }

    private static CaseAccount AccountAt(in Slot slot, long at)
    {
        CaseAccount account = slot.Account;
        bool hasEnded = slot.Until > 0 && slot.Until <= at;
        if (hasEnded && account.Stage is (CaseStage.Returned or CaseStage.Rejected))
        {
            account.Stage = CaseStage.Closed;
            account.Closed = CaseAccount.Next(account.Closed);
        }
        else if (hasEnded && account.Stage == CaseStage.WaitingForCitizen)
        {
            account.Stage = CaseStage.Withdrawn;
            account.Withdrawn = CaseAccount.Next(account.Withdrawn);
        }
        return account;
    }
}
