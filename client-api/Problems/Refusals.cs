using System.Collections.Frozen;
using System.Text;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Problems;

/// <summary>How each refusal of the rules is told over HTTP: a stable type made of its name, and a sentence.</summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<Refusal, Problem> Problems =
        Enum.GetValues<Refusal>().Where(r => r != Refusal.None).ToFrozenDictionary(r => r, Make);

    /// <summary>The problem for a refusal.</summary>
    public static Problem Of(Refusal refusal) => Problems.TryGetValue(refusal, out Problem? problem) ? problem : Problem.Unexpected;

    private static Problem Make(Refusal refusal)
    {
        string name = refusal.ToString();
        return new Problem(Problem.Prefix + Words(name, '-'), Sentence(refusal, name), StatusOf(refusal));
    }

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.CaseNotFiled or Refusal.OfficeNotEstablished or Refusal.DocumentNotInLedger or Refusal.OfficialNotAppointed or Refusal.CityNotFounded
            or Refusal.SensorNotRegistered or Refusal.AlertNotRaised =>
            StatusCodes.Status404NotFound,
        Refusal.UnknownService or Refusal.UnknownDocument or Refusal.UnknownOffice or Refusal.OutOfRange => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    private static string Sentence(Refusal refusal, string name) => refusal switch
    {
        Refusal.CaseNotFiled => "There is no such case",
        Refusal.CaseAlreadyFiled => "A case with this identity was filed before",
        Refusal.UnknownService => "The catalogue has no such service of this kind",
        Refusal.UnknownDocument => "The catalogue has no such document",
        Refusal.UnknownOffice => "The city has no such office, or it is not of the level needed",
        Refusal.OutOfRange => "A text is empty or too long, or a number is out of its range",
        Refusal.CaseNotInHand => "The case is not in the hands of this official",
        Refusal.CaseNotFeedback => "The case is a dossier, not a report",
        Refusal.DeskEmpty => "Nothing waits at the desk",
        Refusal.DeskNotOpen => "The desk is not known or closed",
        Refusal.OfficialHandsFull => "The official has as many cases in hand as allowed",
        _ => Capital(Words(name, ' ')),
    };

    private static string Words(string name, char separator)
    {
        var words = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && words.Length > 0)
            {
                words.Append(separator);
            }
            words.Append(char.ToLowerInvariant(c));
        }
        return words.ToString();
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
