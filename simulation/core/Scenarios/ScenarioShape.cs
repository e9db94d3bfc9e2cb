using YamlDotNet.Core;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Looks at a text's shape before it is read: trees are read by recursion, and nobody's text may exhaust the stack.</summary>
internal static class ScenarioShape
{
    private const int DepthMax = 32;

    /// <summary>The first place that lies too deep; null: there is none.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static ScenarioMistake? TooDeep(string yaml)
    {
        Parser parser = new(new StringReader(yaml));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DepthMax)
            {
                return new ScenarioMistake((int)parser.Current.Start.Line, (int)parser.Current.Start.Column, MistakeCode.TooDeep, [$"{DepthMax}"]);
            }
        }
        return null;
    }
}
