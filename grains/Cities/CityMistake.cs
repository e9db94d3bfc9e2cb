namespace CityTwin.Grains;

/// <summary>One mistake in a city folder: where it is, what stands there, and what should.</summary>
/// <param name="File">The file's name within the folder, as <c>services.csv</c>.</param>
/// <param name="Line">The line, from 1; 1 also where the file as a whole is meant.</param>
/// <param name="Column">The character within the line, from 1, at which the cell or the word begins.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected, with the nearest valid name where a name is unknown.</param>
public sealed record CityMistake(string File, int Line, int Column, string Found, string Expected)
{
    /// <summary>One line, as compilers write it: <c>services.csv:14:35: found 'comune', expected …</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: found {Found}, expected {Expected}";
}

/// <summary>What reading a city folder came to: a whole definition, or every mistake; never both, never neither.</summary>
/// <param name="Definition">The city, when there was no mistake.</param>
/// <param name="Mistakes">Mistakes by file and place, the first 1,000 of them; empty when there is a definition.</param>
/// <param name="MistakeCount">How many there were in all.</param>
public sealed record CityFolderReading(CityDefinition? Definition, IReadOnlyList<CityMistake> Mistakes, int MistakeCount)
{
    /// <summary>All mistakes as text, one a line; empty when there is none.</summary>
    public override string ToString()
    {
        string listing = string.Join('\n', Mistakes);
        return MistakeCount > Mistakes.Count ? $"{listing}\nand {MistakeCount - Mistakes.Count} more" : listing;
    }
}
