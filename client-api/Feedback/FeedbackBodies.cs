using System.ComponentModel.DataAnnotations;
using CityTwin.ClientApi.Cases;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Feedback;

/// <summary>A report as it is being written; nothing of it is stored.</summary>
/// <param name="Text">1 to 4,000 characters; required.</param>
/// <param name="Commune">Where it is: then the answer names the office.</param>
/// <param name="Place">Where exactly: then the answer names open cases of the same thing.</param>
internal sealed record ClassifyBody([property: Required] string? Text = null, TwinId? Commune = null, PlaceBody? Place = null);

/// <summary>What a person says a report is about.</summary>
/// <param name="Category">A feedback category's code in /city/catalogue; required.</param>
/// <param name="Official">Who says so.</param>
/// <param name="Urgency">How urgent it is. Default: as usual in a new category, as before in the same.</param>
/// <param name="Level">Whether the commune or the city must act, as the text has it: learnt from, the catalogue decides.</param>
internal sealed record CategoryBody([property: Required] string? Category = null, TwinId? Official = null, Urgency? Urgency = null, Level? Level = null);

/// <summary>Which version shall run again.</summary>
/// <param name="Version">Its name. Default: the one before the running one.</param>
internal sealed record RollBackBody(string? Version = null);

/// <summary>What the model reads in a report.</summary>
/// <param name="Text">The report as it would be stored: masked. Places in it are counted in this text.</param>
/// <param name="Language">vi, en, fr, pt, or und.</param>
/// <param name="Model">The model's name and version.</param>
/// <param name="WordsRead">Words read.</param>
/// <param name="WordsKnown">Those of them that the model knows; few: its probabilities mean little.</param>
/// <param name="Category">The category it would be filed under.</param>
/// <param name="NeedsCategory">Whether a person would have to say what it is.</param>
/// <param name="Office">The office it would go to; null without a commune.</param>
/// <param name="Heads">The model's answers: category, level, urgency.</param>
/// <param name="Duplicates">Open cases of the same thing, the most alike first; none without a place.</param>
internal sealed record ClassifyAnswer(
    string Text, string Language, string Model, int WordsRead, int WordsKnown, string Category, bool NeedsCategory, TwinId? Office,
    HeadReading[] Heads, AlikeReading[] Duplicates);

/// <summary>One answer of the model.</summary>
/// <param name="Head">The question: category, level or urgency.</param>
/// <param name="Label">The most probable answer.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
/// <param name="Abstains">Whether the model leaves it to a person.</param>
/// <param name="Probabilities">All answers, the most probable first.</param>
/// <param name="Because">The words that spoke most for the answer, or against it.</param>
internal sealed record HeadReading(string Head, string Label, double Probability, bool Abstains, LabelShare[] Probabilities, WordReason[] Because);

/// <summary>A possible answer.</summary>
/// <param name="Label">The answer.</param>
/// <param name="Probability">Its probability, 0 to 1.</param>
internal sealed record LabelShare(string Label, double Probability);

/// <summary>A word, or two neighbouring ones, and how much they spoke for the answer.</summary>
/// <param name="Words">As the model reads them.</param>
/// <param name="Begin">Where they begin in the text.</param>
/// <param name="End">The first place past them.</param>
/// <param name="Weight">How much; below 0: against.</param>
internal sealed record WordReason(string Words, int Begin, int End, double Weight);

/// <summary>An open case of the same thing.</summary>
/// <param name="Case">The case.</param>
/// <param name="Likeness">How alike, 0 to 1.</param>
internal sealed record AlikeReading(TwinId Case, double Likeness);

/// <summary>Reports that wait for a person to say what they are, those first that would teach the model most.</summary>
/// <param name="Total">How many wait.</param>
/// <param name="Items">The most useful ones.</param>
internal sealed record LabellingAnswer(int Total, LabellingItem[] Items);

/// <summary>A report that waits for a category.</summary>
/// <param name="Case">The case.</param>
/// <param name="Text">The report, masked.</param>
/// <param name="Usefulness">How much its label would teach, 0 to 2.</param>
/// <param name="Suggested">What the model that runs takes it for.</param>
/// <param name="Probability">How sure it is, 0 to 1.</param>
/// <param name="Office">Where it waits.</param>
/// <param name="FiledAt">When it came in.</param>
/// <param name="DueAt">Its deadline.</param>
internal sealed record LabellingItem(
    TwinId Case, string Text, double Usefulness, string Suggested, double Probability, TwinId Office, DateTimeOffset FiledAt, DateTimeOffset DueAt);

/// <summary>The model and its versions.</summary>
/// <param name="Running">The name of the one that runs.</param>
/// <param name="Corrections">Texts that people have corrected.</param>
/// <param name="CanLearn">Whether there are corrections since the last training.</param>
/// <param name="Training">How training stands.</param>
/// <param name="Versions">All versions, oldest first.</param>
internal sealed record ModelReading(string Running, int Corrections, bool CanLearn, TrainingReading Training, ModelVersion[] Versions);

/// <summary>How far recent reports are from those the model knows.</summary>
/// <param name="Model">The model that runs.</param>
/// <param name="Messages">How many recent reports were looked at.</param>
/// <param name="WordIndex">Population stability index of words; 0 is alike.</param>
/// <param name="LabelIndex">The same of the categories read.</param>
/// <param name="KnownShare">The share of words that the model knows, 0 to 1.</param>
/// <param name="AlarmIndex">Above this it is an alarm.</param>
/// <param name="Alarm">Whether it is one.</param>
internal sealed record DriftReading(string Model, int Messages, double WordIndex, double LabelIndex, double KnownShare, double AlarmIndex, bool Alarm);
