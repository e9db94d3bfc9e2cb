using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What a run amounted to, by the ledger.</summary>
/// <param name="Levels">Dossiers of communes, dossiers of the city's departments, reports; and all.</param>
/// <param name="DocumentsNeeded">Documents that the dossiers needed.</param>
/// <param name="DocumentsReused">Those of them that were there from before.</param>
public sealed record DriveSummary(ImmutableArray<LevelSummary> Levels, long DocumentsNeeded, long DocumentsReused)
{
    /// <summary>The sums of a ledger.</summary>
    public static DriveSummary Of(Ledger ledger, CitySheet sheet)
    {
        WorkCalendar calendar = sheet.City.Rules.Calendar;
        var communes = new Tally("commune");
        var departments = new Tally("city");
        var reports = new Tally("reports");
        var all = new Tally("all");
        long needed = 0;
        long reused = 0;
        foreach (ref readonly LedgerLine line in ledger.Lines.AsSpan())
        {
            ServiceDefinition service = sheet.Services[line.Service];
            Tally level = service.Kind == CaseKind.Feedback ? reports : service.Level == Level.Commune ? communes : departments;
            double days = line.DecidedAt == 0 ? -1 : WorkingDays(calendar, in line);
            level.Add(in line, days);
            all.Add(in line, days);
            needed += line.Needed;
            reused += line.Reused;
        }
        return new DriveSummary([communes.Sum(), departments.Sum(), reports.Sum(), all.Sum()], needed, reused);
    }

    private static double WorkingDays(WorkCalendar calendar, in LedgerLine line)
    {
        TimeSpan gross = calendar.Between(new DateTimeOffset(line.FiledAt, TimeSpan.Zero), new DateTimeOffset(line.DecidedAt, TimeSpan.Zero));
        return Math.Max(0, gross.Ticks - line.WaitedTicks) / (double)calendar.StandardDay.Ticks;
    }

    private sealed class Tally(string name)
    {
        private readonly List<double> _days = [];
        private int _in;
        private int _resolved;
        private int _rejected;
        private int _withdrawn;
        private int _open;
        private int _onTime;
        private int _ratings;
        private long _ratingSum;
        private double _daySum;

        public void Add(in LedgerLine line, double days)
        {
            CaseAccount account = line.Account;
            _in++;
            _withdrawn += account.Stage == CaseStage.Withdrawn ? 1 : 0;
            _open += account.Stage is >= CaseStage.Received and <= CaseStage.InProgress ? 1 : 0;
            _ratings += account.Rating > 0 ? 1 : 0;
            _ratingSum += account.Rating;
            if (days < 0 || account.OnTime is null)
            {
                return;
            }
            bool isRejected = account.Rejected > 0 && account.Resolved == 0;
            _rejected += isRejected ? 1 : 0;
            _resolved += isRejected ? 0 : 1;
            _onTime += account.OnTime == true ? 1 : 0;
            _daySum += days;
            _days.Add(days);
        }

        public LevelSummary Sum()
        {
            _days.Sort();
            int decided = _days.Count;
            double p95 = decided == 0 ? 0 : _days[Math.Min(decided - 1, (int)(0.95 * decided))];
            return new LevelSummary(
                name, _in, _resolved, _rejected, _withdrawn, _open, decided == 0 ? 0 : (double)_onTime / decided,
                decided == 0 ? 0 : _daySum / decided, p95, _ratings == 0 ? 0 : (double)_ratingSum / _ratings);
        }
    }
}

/// <summary>The cases of one level.</summary>
/// <param name="Name">commune, city, reports or all.</param>
/// <param name="In">Filed.</param>
/// <param name="Resolved">Decided in the citizen's favour, as the last decision stands.</param>
/// <param name="Rejected">Turned down.</param>
/// <param name="Withdrawn">Taken back, or not answered in time.</param>
/// <param name="Open">Neither decided nor withdrawn.</param>
/// <param name="OnTimeShare">Decisions in time, 0 to 1.</param>
/// <param name="DaysMean">Mean working days from filing to the decision, without those spent waiting for the citizen.</param>
/// <param name="DaysP95">Their 95th percentile.</param>
/// <param name="RatingMean">Mean rating, 1 to 5; 0: none.</param>
public sealed record LevelSummary(
    string Name, int In, int Resolved, int Rejected, int Withdrawn, int Open, double OnTimeShare, double DaysMean, double DaysP95, double RatingMean);
