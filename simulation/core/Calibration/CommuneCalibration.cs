using System.Collections.Immutable;

namespace CityTwin.Simulation.Calibration;

/// <summary>A commune beside what the calibrated model gives for it.</summary>
/// <param name="Commune">As published.</param>
/// <param name="Parameters">What was fitted.</param>
/// <param name="OnTime">The simulated share on time, 0 to 1.</param>
/// <param name="Days">The simulated mean days.</param>
public sealed record FittedCommune(CommuneRecord Commune, CommuneParameters Parameters, double OnTime, double Days);

/// <summary>A prediction for a commune that was not fitted.</summary>
/// <param name="OnTime">The share on time: 0 to 1, with its 90 % interval.</param>
/// <param name="Days">The mean days, with its 90 % interval.</param>
public sealed record CommunePrediction(Interval OnTime, Interval Days);

/// <summary>Fits each commune's month, and what communes of a size have in common.</summary>
/// <remarks>
/// Late cases tell how slow the process is beside its limit (a probit), mean days how long the limits are: two figures, two
/// parameters. Queues add to both, so the simulation corrects them, round by round, with the same chance in every round.
/// Across communes both are regressed on volume, volume per resident and kind; what is left over makes the intervals.
/// </remarks>
public sealed class CommuneCalibration
{
    private const int Rounds = 5;
    private const int ReplicationCount = 4;
    private const double Level = 0.9;
    private readonly SizeRegression _onTime;
    private readonly SizeRegression _days;
    private readonly ulong _seed;

    private CommuneCalibration(ImmutableArray<FittedCommune> communes, ulong seed)
    {
        Communes = communes;
        _seed = seed;
        CommuneRecord[] records = [.. communes.Select(c => c.Commune)];
        _onTime = SizeRegression.Fit(records, r => NormalQuantile.Of(Clamp(r.OnTimeShare)));
        _days = SizeRegression.Fit(records, r => Math.Log(r.DaysMean));
    }

    /// <summary>Every fitted commune.</summary>
    public ImmutableArray<FittedCommune> Communes { get; }

    /// <summary>Root mean square error of the on-time share over the fitted communes, points.</summary>
    public double OnTimeError => 100 * Math.Sqrt(Communes.Average(c => Square(c.OnTime - c.Commune.OnTimeShare)));

    /// <summary>Mean relative error of the mean days over the fitted communes.</summary>
    public double DaysError => Communes.Average(c => Math.Abs(c.Days - c.Commune.DaysMean) / c.Commune.DaysMean);

    /// <summary>Median absolute error of the on-time share of communes left out one by one, points: what to expect for others.</summary>
    public double OnTimeErrorLeftOut => Median(_onTime.LeftOut().Select(e => 100 * Math.Abs(NormalShare(e.Predicted) - NormalShare(e.Actual))));

    /// <summary>Median relative error of the mean days of communes left out one by one.</summary>
    public double DaysErrorLeftOut => Median(_days.LeftOut().Select(e => Math.Abs(Math.Exp(e.Predicted - e.Actual) - 1)));

    /// <summary>Fits communes; five or more.</summary>
    public static CommuneCalibration Fit(IReadOnlyList<CommuneRecord> communes, ulong seed = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(communes.Count, 5, nameof(communes));
        return new CommuneCalibration(
            [.. Replications.Run(0, communes.Count, i => One(communes[i], seed), 0, cancellation)], seed);
    }

    /// <summary>What to expect of a commune of a size, from the communes fitted.</summary>
    /// <param name="population">Residents.</param>
    /// <param name="casesPerMonth">Dossiers a month.</param>
    /// <param name="isWard">Ward or not.</param>
    public CommunePrediction Predict(int population, double casesPerMonth, bool isWard)
    {
        CommuneRecord asked = new("", "", isWard, population, Math.Max(1, (int)casesPerMonth), 0, 1);
        (double probit, double probitSpread) = _onTime.Predict(asked);
        (double logDays, double logSpread) = _days.Predict(asked);
        // The centre goes through the simulation, so that queues of its volume are in it; the spread is that of the communes fitted.
        CommuneParameters parameters = Start(NormalShare(probit), Math.Exp(logDays));
        for (int round = 0; round < Rounds; round++)
        {
            (double share, double mean) = Simulate(casesPerMonth, parameters, _seed);
            parameters = Corrected(parameters, NormalShare(probit), Math.Exp(logDays), share, mean);
        }
        (double onTime, double days) = Simulate(casesPerMonth, parameters, _seed);
        double z = NormalQuantile.Of(0.5 + (Level / 2));
        return new CommunePrediction(
            new Interval(onTime, NormalShare(probit - (z * probitSpread)), NormalShare(probit + (z * probitSpread)), Level, Communes.Length),
            new Interval(days, Math.Exp(logDays - (z * logSpread)), Math.Exp(logDays + (z * logSpread)), Level, Communes.Length));
    }

    private static FittedCommune One(CommuneRecord commune, ulong seed)
    {
        CommuneParameters parameters = Start(commune.OnTimeShare, commune.DaysMean);
        FittedCommune best = new(commune, parameters, 0, 0);
        double bestError = double.PositiveInfinity;
        for (int round = 0; round <= Rounds; round++)
        {
            (double onTime, double days) = Simulate(commune.Filed, parameters, seed);
            double error = Math.Abs(onTime - commune.OnTimeShare) + (0.2 * Math.Abs(Math.Log(days / commune.DaysMean)));
            if (error < bestError)
            {
                bestError = error;
                best = new FittedCommune(commune, parameters, onTime, days);
            }
            parameters = Corrected(parameters, commune.OnTimeShare, commune.DaysMean, onTime, days);
        }
        return best;
    }

    // As if nobody queued: P(process <= limit) is a normal probability of the pace, and the mean is that of a lognormal.
    private static CommuneParameters Start(double onTime, double days)
    {
        double pace = Math.Exp(-CommuneModel.Sigma * NormalQuantile.Of(Clamp(onTime)));
        double limit = days / (pace * Math.Exp(CommuneModel.Sigma * CommuneModel.Sigma / 2));
        return new CommuneParameters(Math.Clamp(limit, 0.1, 120), pace);
    }

    private static CommuneParameters Corrected(CommuneParameters p, double onTime, double days, double seenOnTime, double seenDays)
    {
        double probit = NormalQuantile.Of(Clamp(onTime)) - NormalQuantile.Of(Clamp(seenOnTime));
        double pace = p.Pace * Math.Exp(Math.Clamp(-CommuneModel.Sigma * probit, -0.7, 0.7));
        // The mean follows the product of limit and pace.
        double limit = p.Limit * p.Pace / pace * Math.Clamp(days / seenDays, 0.4, 2.5);
        return new CommuneParameters(Math.Clamp(limit, 0.1, 120), Math.Clamp(pace, 0.01, 20));
    }

    private static (double OnTime, double Days) Simulate(double casesPerMonth, CommuneParameters parameters, ulong seed)
    {
        double onTime = 0;
        double days = 0;
        for (int r = 0; r < ReplicationCount; r++)
        {
            (double share, double mean) = CommuneModel.Simulate(casesPerMonth, parameters, seed, r);
            onTime += share / ReplicationCount;
            days += mean / ReplicationCount;
        }
        return (onTime, days);
    }

    private static double Clamp(double share) => Math.Clamp(share, 0.005, 0.995);

    private static double NormalShare(double probit) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, probit);

    private static double Square(double x) => x * x;

    private static double Median(IEnumerable<double> values) => QuantileInterval.At([.. values.Order()], 0.5);
}
