using System.Globalization;
using CityTwin.ClientApi.Problems;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What can be wrong with a request for a run.</summary>
internal static class RunProblems
{
    /// <summary>No run has this number.</summary>
    public static Problem Unknown(string id) =>
        new(Problem.Prefix + "unknown-run", "There is no such run", StatusCodes.Status404NotFound, $"No what-if run has the number {Wire.Mistakes.Short(id)}.");

    /// <summary>It has no result, or none of this kind.</summary>
    public static Problem NoResult(RunReading run) => new(
        Problem.Prefix + "run-without-result", "The run has no such result", StatusCodes.Status409Conflict,
        string.Create(CultureInfo.InvariantCulture, $"Run {run.Id} is {Wire.Words<RunStatus>.Of(run.Status)}{(run.Reason is null ? "" : ": " + run.Reason)}."));

    /// <summary>Runs that share no pairs.</summary>
    public static Problem NotComparable(string detail) =>
        new(Problem.Prefix + "runs-not-comparable", "The runs cannot be compared", StatusCodes.Status409Conflict, detail);

    /// <summary>The queue of runs is full.</summary>
    public static Problem TooMany(int max) => new(
        Problem.Prefix + "too-many-runs", "Too many runs wait", StatusCodes.Status429TooManyRequests, $"{max} runs wait already. Come back when one has ended, or cancel one.");
}
