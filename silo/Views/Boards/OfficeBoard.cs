using System.Runtime.InteropServices;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>What the board keeps of one office. Not thread-safe.</summary>
internal sealed class OfficeBoard(TwinId office)
{
    /// <summary>The office.</summary>
    public TwinId Office { get; } = office;

    /// <summary>What is known of it; null until it was established.</summary>
    public OfficeProfile? Profile { get; set; }

    /// <summary>Who took over its work; none while it works itself.</summary>
    public TwinId Successor { get; set; }

    /// <summary>Its counts for dossiers.</summary>
    public Tally Dossiers { get; } = new();

    /// <summary>Its counts for feedback.</summary>
    public Tally Feedback { get; } = new();

    /// <summary>The counts for a kind of case.</summary>
    public Tally this[CaseKind kind] => kind == CaseKind.Feedback ? Feedback : Dossiers;

    /// <summary>Writes it.</summary>
    public void Save(SavedWriter writer)
    {
        writer.Number(Successor.Value);
        writer.Number(Profile is null ? 0 : 1);
        if (Profile is { } p)
        {
            writer.Number(p.Id.Value);
            writer.Number((long)p.Kind);
            writer.Text(p.NameVi);
            writer.Text(p.NameEn);
            writer.Number(p.Population);
            writer.Bytes(MemoryMarshal.AsBytes<double>([p.AreaKm2, p.Latitude, p.Longitude]));
        }
        Dossiers.Save(writer);
        Feedback.Save(writer);
    }

    /// <summary>Reads it.</summary>
    public void Load(ref SavedReader reader)
    {
        Successor = TwinId.FromValue(reader.Number());
        if (reader.Number() == 1)
        {
            var id = TwinId.FromValue(reader.Number());
            var kind = (OfficeKind)reader.Number();
            string nameVi = reader.Text();
            string nameEn = reader.Text();
            int population = checked((int)reader.Number());
            ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(reader.Bytes());
            Profile = new OfficeProfile(id, kind, nameVi, nameEn, population, numbers[0], numbers[1], numbers[2]);
        }
        Dossiers.Load(ref reader);
        Feedback.Load(ref reader);
    }
}
