using System.Diagnostics;
using System.Globalization;
using CityTwin.Faults.Defects;
using CityTwin.Faults.World;

namespace CityTwin.Faults;

/// <summary>The program's command line: many seeds, or one with its trace; around the runtime as it is, or with a planted defect.</summary>
internal static class FaultCommand
{
    private const string Usage = "usage: CityTwin.Faults [--seeds N] [--from S] | --seed S   [--defect NAME]";

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        int seeds = 1_000, from = 1;
        int? seed = null;
        string? defect = null;
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (args[i])
            {
                case "--seeds" when isNumber && number > 0:
                    seeds = number;
                    break;
                case "--from" when isNumber:
                    from = number;
                    break;
                case "--seed" when isNumber:
                    seed = number;
                    break;
                case "--defect" when PlantedDefects.ByName.ContainsKey(value):
                    defect = value;
                    break;
                default:
                    errors.WriteLine($"'{args[i]} {value}' is not understood");
                    errors.WriteLine(Usage);
                    errors.WriteLine($"defects: {string.Join(", ", PlantedDefects.ByName.Keys)}");
                    return 2;
            }
        }
        return seed is { } one ? Replay(one, defect, output) : RunMany(from, seeds, defect, output);
    }

    private static int Replay(int seed, string? defect, TextWriter output)
    {
        List<string> lines = [];
        Outcome outcome = new World.World(seed, PlantedDefects.Make(defect), lines).Play();
        foreach (string line in lines)
        {
            output.WriteLine(line);
        }
        output.WriteLine(outcome);
        return outcome.Failure is null ? 0 : 1;
    }

    private static int RunMany(int from, int seeds, string? defect, TextWriter output)
    {
        long began = Stopwatch.GetTimestamp();
        Campaign campaign = new();
        Parallel.For(from, from + seeds, seed => campaign.Add(new World.World(seed, PlantedDefects.Make(defect)).Play()));
        output.WriteLine($"{campaign.Summary} in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        foreach (Outcome broken in campaign.Broken.Take(10))
        {
            output.WriteLine($"seed {broken.Seed}: {broken.Failure}");
        }
        return campaign.Broken.Count == 0 ? 0 : 1;
    }
}
