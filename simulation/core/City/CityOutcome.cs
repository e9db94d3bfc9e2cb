namespace CityTwin.Simulation.City;

/// <summary>What one replication showed, by place of office, service and desk. Counts are of the days after the warm-up.</summary>
public sealed class CityOutcome
{
    /// <summary>Buckets of <see cref="DaysHistogram"/> per working day.</summary>
    public const int BucketsPerDay = 8;

    private const int Buckets = 90 * BucketsPerDay;

    internal CityOutcome(CityModel model, int days)
    {
        int offices = model.Offices.Length;
        ByOffice = new Sums(offices);
        ByService = new Sums(model.Services.Length);
        Backlog = new int[days][];
        Busy = new double[model.Desks.Length];
        OnShift = new double[model.Desks.Length];
        Absent = new double[model.Desks.Length];
        Shut = new double[model.Desks.Length];
        Overtime = new double[model.Desks.Length];
        Starts = new long[model.Desks.Length];
        QueueWait = new double[model.Desks.Length];
        CommuneDays = new int[Buckets + 1];
        DepartmentDays = new int[Buckets + 1];
    }

    /// <summary>Sums by office where the case was filed.</summary>
    public Sums ByOffice { get; }

    /// <summary>Sums by service.</summary>
    public Sums ByService { get; }

    /// <summary>Open cases at the first opening of each working day, by office where filed; null on days off.</summary>
    public int[]?[] Backlog { get; }

    /// <summary>Working hours that officers of a desk spent on cases.</summary>
    public double[] Busy { get; }

    /// <summary>Working hours for which officers of a desk were there.</summary>
    public double[] OnShift { get; }

    /// <summary>Working hours for which officers of a desk were absent.</summary>
    public double[] Absent { get; }

    /// <summary>Working hours for which officers of a desk had a shut office.</summary>
    public double[] Shut { get; }

    /// <summary>Hours worked after the closing.</summary>
    public double[] Overtime { get; }

    /// <summary>Cases begun at a desk.</summary>
    public long[] Starts { get; }

    /// <summary>Sum of the waits in a desk's queue, working hours.</summary>
    public double[] QueueWait { get; }

    /// <summary>Working days of results of communes, eighths of a day; the last bucket holds all that is longer.</summary>
    public int[] CommuneDays { get; }

    /// <summary>The same of departments.</summary>
    public int[] DepartmentDays { get; }

    /// <summary>Events that were simulated.</summary>
    public long Events { get; internal set; }

    /// <summary>Cases that were simulated.</summary>
    public long Cases { get; internal set; }

    /// <summary>The largest number of cases held at once.</summary>
    public int OpenPeak { get; internal set; }

    /// <summary>Results: decided cases, counted again when reopened.</summary>
    public long Resolved => ByOffice.Resolved.Sum();

    /// <summary>The share of results that came in time; 1 when there is none.</summary>
    public double OnTimeShare => Share(ByOffice.OnTime.Sum(), Resolved);

    /// <summary>The mean of the working days from filing to result, without the days that were waited for the citizen.</summary>
    public double DaysMean => Share(ByOffice.Days.Sum(), Resolved);

    /// <summary>A quantile of the working days of results of communes (or departments).</summary>
    public static double DaysAt(int[] histogram, double share)
    {
        long total = histogram.Sum(c => (long)c);
        long seen = 0;
        for (int b = 0; b < histogram.Length; b++)
        {
            seen += histogram[b];
            if (seen >= share * total)
            {
                return (b + 0.5) / BucketsPerDay;
            }
        }
        return histogram.Length / (double)BucketsPerDay;
    }

    internal static int BucketOf(double days) => Math.Clamp((int)(days * BucketsPerDay), 0, Buckets);

    internal static double Share(double part, double whole) => whole > 0 ? part / whole : 1;

    /// <summary>Sums of cases by something.</summary>
    public sealed class Sums(int places)
    {
        /// <summary>Cases filed.</summary>
        public long[] Filed { get; } = new long[places];

        /// <summary>Results.</summary>
        public long[] Resolved { get; } = new long[places];

        /// <summary>Results in time.</summary>
        public long[] OnTime { get; } = new long[places];

        /// <summary>Results that turned the citizen down.</summary>
        public long[] Rejected { get; } = new long[places];

        /// <summary>Cases taken back because the citizen did not answer.</summary>
        public long[] Withdrawn { get; } = new long[places];

        /// <summary>Cases passed up.</summary>
        public long[] Escalated { get; } = new long[places];

        /// <summary>Cases reopened.</summary>
        public long[] Reopened { get; } = new long[places];

        /// <summary>Open cases past their deadline at the end.</summary>
        public long[] OpenOverdue { get; } = new long[places];

        /// <summary>Open cases at the end.</summary>
        public long[] OpenAtEnd { get; } = new long[places];

        /// <summary>Sum of the working days of results.</summary>
        public double[] Days { get; } = new double[places];

        /// <summary>Ratings given.</summary>
        public long[] Ratings { get; } = new long[places];

        /// <summary>Sum of the scores, 1 to 5.</summary>
        public long[] RatingSum { get; } = new long[places];
    }
}
