namespace CityTwin.Grains;

/// <content>The state after each event, and what the city tells its communes.</content>
public sealed partial class CityDecider
{
    /// <inheritdoc/>
    public static CityState Evolve(CityState state, CityEvent happened)
    {
        if (state.Edition.Length == 0)
        {
            return happened is CityEvent.CityFounded founded
                ? new CityState
                {
                    NameVi = founded.NameVi,
                    NameEn = founded.NameEn,
                    Population = founded.Population,
                    Offices = [.. founded.Offices],
                    Edition = founded.Edition,
                }
                : throw new CorruptHistoryException(state, happened);
        }
        return happened switch
        {
            CityEvent.EditionAdopted e => state with { Edition = e.Edition },
            CityEvent.ServiceAmended e => state with
            {
                Services = state.Services.SetItem(e.Service, Combine(state.Services.GetValueOrDefault(e.Service), e)),
            },
            CityEvent.DaySet e => state with { Days = state.Days.SetItem(e.Date, e) },
            CityEvent.FieldRouted e => state with { Fields = state.Fields.SetItem(e.Field, e.Department) },
            CityEvent.TermsSet e => state with { Terms = e.Terms },
            CityEvent.CommunesMerged e when !e.From.Any(state.Successors.ContainsKey) => state with
            {
                Successors = state.Successors.AddRange(e.From.Select(f => KeyValuePair.Create(f, e.Into))),
            },
            CityEvent.CommuneSplit e when !state.Offices.Contains(e.Profile.Id) =>
                state with { Offices = state.Offices.Add(e.Profile.Id) },
            _ => throw new CorruptHistoryException(state, happened),
        };
    }

    /// <inheritdoc/>
    public static void React(TwinId self, CityState state, CityEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case CityEvent.CommunesMerged e:
                foreach (TwinId commune in e.From)
                {
                    outbox.Send(commune, new OfficeCommand.MergeInto(e.Into));
                }
                break;

            // The new commune stands before the first case comes.
            case CityEvent.CommuneSplit e:
                outbox.Send(e.Profile.Id, new OfficeCommand.Establish(e.Profile, e.Desks));
                outbox.Send(e.From, new OfficeCommand.SplitOff(e.Profile.Id, e.SharePercent));
                break;
            default:
                break;
        }
    }
}
