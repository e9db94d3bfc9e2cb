using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>What the board keeps of one desk. Not thread-safe.</summary>
internal sealed class DeskBoard(TwinId desk)
{
    /// <summary>The desk.</summary>
    public TwinId Desk { get; } = desk;

    /// <summary>Its office; none until it opened.</summary>
    public TwinId Office { get; private set; }

    /// <summary>The Vietnamese name.</summary>
    public string NameVi { get; private set; } = "";

    /// <summary>The English name.</summary>
    public string NameEn { get; private set; } = "";

    /// <summary>What it can work on.</summary>
    public ImmutableArray<string> Skills { get; private set; } = [];

    /// <summary>How many work there.</summary>
    public int Officials { get; private set; }

    /// <summary>True once it closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Cases in its queue.</summary>
    public int Queued { get; set; }

    /// <summary>Cases in its officials' hands.</summary>
    public int InProgress { get; set; }

    /// <summary>Takes in what happened at the desk.</summary>
    public void Apply(DeskEvent happened)
    {
        switch (happened)
        {
            case DeskEvent.DeskOpened e:
                Office = e.Office;
                NameVi = e.NameVi;
                NameEn = e.NameEn;
                Skills = e.Skills;
                Officials = e.Officials.Length;
                IsClosed = false;
                break;
            case DeskEvent.OfficialsAssigned e:
                Officials += e.Officials.Length;
                break;
            case DeskEvent.OfficialRemoved:
                Officials--;
                break;
            case DeskEvent.DeskClosed:
                IsClosed = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(SavedWriter writer)
    {
        writer.Number(Office.Value);
        writer.Text(NameVi);
        writer.Text(NameEn);
        writer.Number(Skills.Length);
        foreach (string skill in Skills)
        {
            writer.Text(skill);
        }
        writer.Number(Officials);
        writer.Number(IsClosed ? 1 : 0);
        writer.Number(Queued);
        writer.Number(InProgress);
    }

    /// <summary>Reads it.</summary>
    public void Load(ref SavedReader reader)
    {
        Office = TwinId.FromValue(reader.Number());
        NameVi = reader.Text();
        NameEn = reader.Text();
        var skills = ImmutableArray.CreateBuilder<string>();
        for (long n = reader.Number(); n > 0; n--)
        {
            skills.Add(reader.Text());
        }
        Skills = skills.ToImmutable();
        Officials = checked((int)reader.Number());
        IsClosed = reader.Number() == 1;
        Queued = checked((int)reader.Number());
        InProgress = checked((int)reader.Number());
    }
}
