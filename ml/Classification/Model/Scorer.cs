using System.Runtime.Intrinsics;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Restoring;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Model;

/// <summary>Adds up a text's rows: one look-up a known word and a known pair, n-grams only for what was never seen.</summary>
/// <remarks>The last float of a row is the square of its features' length. Immutable; any number of threads may score.</remarks>
/// <param name="words">Rows by the hash of a word.</param>
/// <param name="pairs">Rows by the hash of two neighbouring words.</param>
/// <param name="features">Rows by the hash of an n-gram.</param>
/// <param name="settings">Which n-grams there are.</param>
/// <param name="phrases">The phrase networks, or null where validation wanted none.</param>
/// <param name="restorer">What words without diacritics may have been, or null where no text learnt from has any.</param>
internal sealed class Scorer(
    RowTable words, RowTable pairs, RowTable features, FeatureSettings settings, PhraseScorer? phrases, Restorer? restorer)
{
    internal RowTable Words => words;

    internal RowTable Pairs => pairs;

    internal RowTable Features => features;

    internal FeatureSettings Settings => settings;

    internal PhraseScorer? Phrases => phrases;

    internal Restorer? Restorer => restorer;

    /// <summary>Floats a row; a multiple of 8.</summary>
    internal int Stride => words.Stride;

    /// <summary>Adds the text's rows to <paramref name="sums"/> and writes the phrase networks' scores to <paramref name="scores"/>; returns how many
    /// words were read and how many of them were known.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bare">Whether it was typed without diacritics: see <see cref="IsBare"/>.</param>
    /// <param name="sums">Receives the rows, <see cref="Stride"/> floats.</param>
    /// <param name="scores">Receives the networks' scores, as many.</param>
    /// <param name="room">Room for <see cref="PhraseScorer.RoomLength"/> floats.</param>
    internal (int Read, int Known) Add(ReadOnlySpan<char> text, bool bare, Span<float> sums, Span<float> scores, Span<float> room)
    {
        PhraseScorer.Reading reading = phrases is null ? default : phrases.Begin(room);
        Span<char> scratch = stackalloc char[RestoringReader.ScratchLength];
        Span<ulong> ahead = stackalloc ulong[RestoringReader.RoomLength];
        RestoringReader reader = new(text, bare ? restorer : null, scratch, ahead);
        (int read, int known) = (0, 0);
        (ulong hash, ulong plainHash) = (0, 0);
        while (reader.MoveNext())
        {
            if (AddWord(ref reader, sums))
            {
                known++;
            }
            if (read++ > 0)
            {
                AddPair(hash, plainHash, reader.Hash, reader.PlainHash, sums);
            }
            (hash, plainHash) = (reader.Hash, reader.PlainHash);
            if (phrases is not null)
            {
                reading.Next(hash, plainHash);
            }
        }
        if (phrases is not null && read > 0)
        {
            reading.End(scores);
        }
        return (read, known);
    }

    /// <summary>Whether a text was typed without diacritics, as far as texts like those learnt from have them.</summary>
    internal bool IsBare(ReadOnlySpan<char> text)
    {
        if (restorer is null)
        {
            return Diacritics.AreAbsent(text);
        }
        (int read, int marked) = Diacritics.CountWords(text);
        return restorer.IsBare(read, marked);
    }

    /// <summary>Adds the row of the reader's word, or of its n-grams; whether the word was known.</summary>
    internal bool AddWord(ref RestoringReader reader, Span<float> sums)
    {
        ReadOnlySpan<float> row = words.Find(reader.Hash);
        if (!row.IsEmpty)
        {
            AddRow(row, sums);
            return true;
        }
        Span<ulong> keys = stackalloc ulong[UnitFeatures.CountMax];
        int count = UnitFeatures.OfWord(reader.Word, reader.Hash, reader.PlainHash, settings, keys, out int grams);
        for (int i = 0; i < count; i++)
        {
            AddFeature(keys[i], i < count - grams ? 1 : settings.GramScale, sums);
        }
        return false;
    }

    /// <summary>Adds the row of two neighbouring words.</summary>
    internal void AddPair(ulong first, ulong firstPlain, ulong second, ulong secondPlain, Span<float> sums)
    {
        ReadOnlySpan<float> row = pairs.Find(TextHash.Pair(first, second));
        if (row.IsEmpty)
        {
            sums[^1] += settings.PairScale * settings.PairScale;
            AddFeature(UnitFeatures.OfPair(first, second, firstPlain, secondPlain).Plain, settings.PairScale, sums);
            return;
        }
        AddRow(row, sums);
    }

    // What was never seen says nothing but lengthens the text, as it did when the model was validated: strange texts get
    // scores nearer to nought, and so probabilities that admit it.
    private void AddFeature(ulong key, float scale, Span<float> sums)
    {
        ReadOnlySpan<float> row = features.Find(key);
        if (row.IsEmpty)
        {
            sums[^1] += scale * scale;
            return;
        }
        AddRow(row, sums);
    }

    private static void AddRow(ReadOnlySpan<float> row, Span<float> sums)
    {
        for (int i = 0; i + 8 <= row.Length; i += 8)
        {
            (Vector256.Create(sums[i..]) + Vector256.Create(row[i..])).CopyTo(sums[i..]);
        }
    }
}
