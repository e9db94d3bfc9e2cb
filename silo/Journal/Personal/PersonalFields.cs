using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using CityTwin.Grains;

namespace CityTwin.Silo.Journal.Personal;

/// <summary>Which members of events and states hold what a citizen wrote or what was written to one, and whose it is.</summary>
/// <remarks>They are stored encrypted with the citizen's own key. A test insists that every text member is listed or known to be public.</remarks>
internal static class PersonalFields
{
    private static readonly FrozenSet<(Type, string)> Members = new (Type, string)[]
    {
        (typeof(CaseEvent.CaseFiled), nameof(CaseEvent.CaseFiled.Description)),
        (typeof(CaseEvent.CaseFollowed), nameof(CaseEvent.CaseFollowed.Description)),
        (typeof(CaseEvent.CitizenAsked), nameof(CaseEvent.CitizenAsked.Question)),
        (typeof(CaseEvent.CitizenAnswered), nameof(CaseEvent.CitizenAnswered.Text)),
        (typeof(CaseEvent.CaseEscalated), nameof(CaseEvent.CaseEscalated.Reason)),
        (typeof(CaseEvent.CaseSentBack), nameof(CaseEvent.CaseSentBack.Reason)),
        (typeof(CaseEvent.CaseMoved), nameof(CaseEvent.CaseMoved.Reason)),
        (typeof(CaseEvent.CaseResolved), nameof(CaseEvent.CaseResolved.Outcome)),
        (typeof(CaseEvent.CaseRejected), nameof(CaseEvent.CaseRejected.Reason)),
        (typeof(CaseEvent.CaseRated), nameof(CaseEvent.CaseRated.Comment)),
        (typeof(CaseEvent.CaseWithdrawn), nameof(CaseEvent.CaseWithdrawn.Reason)),
        (typeof(CaseEvent.CaseReopened), nameof(CaseEvent.CaseReopened.Reason)),
        (typeof(CitizenEvent.DocumentRevoked), nameof(CitizenEvent.DocumentRevoked.Reason)),
        (typeof(CaseState), nameof(CaseState.Description)),
        (typeof(CaseState), nameof(CaseState.Outcome)),
    }.ToFrozenSet();

    /// <summary>Whether a member is stored encrypted.</summary>
    public static bool Contains(Type type, string member) => Members.Contains((type, member));

    /// <summary>Whose key the texts of a twin are encrypted with: the citizen who filed the case, or the twin itself.</summary>
    public static TwinId SubjectOf(TwinId self, TwinState state) => state is CaseState { Citizen.IsNone: false } filed ? filed.Citizen : self;

    /// <summary>Whose key the texts of an event are encrypted with: who joined a case with a report of his own, else as of the twin.</summary>
    public static TwinId SubjectOf(TwinId self, TwinState state, TwinEvent happened) =>
        happened is CaseEvent.CaseFollowed { Citizen.IsNone: false } followed ? followed.Citizen : SubjectOf(self, state);

    /// <summary>Whether an event has any such text: only then is a key needed.</summary>
    public static bool HasText(TwinEvent happened) => happened switch
    {
        CaseEvent.CaseFiled e => e.Description is not null,
        CaseEvent.CitizenAsked e => e.Question is not null,
        CaseEvent.CitizenAnswered e => e.Text is not null,
        CaseEvent.CaseResolved e => e.Outcome is not null,
        CaseEvent.CaseRated e => e.Comment is not null,
        CaseEvent.CaseWithdrawn e => e.Reason is not null,
        CaseEvent.CaseEscalated or CaseEvent.CaseSentBack or CaseEvent.CaseMoved or CaseEvent.CaseFollowed or CaseEvent.CaseRejected or CaseEvent.CaseReopened => true,
        CitizenEvent.DocumentRevoked => true,
        _ => false,
    };

    /// <summary>Whether a state has any such text.</summary>
    public static bool HasText(TwinState state) => state is CaseState { Description: not null } or CaseState { Outcome: not null };

    /// <summary>Makes the members of a type be written and read through <see cref="PersonalTextJson"/>.</summary>
    public static void Mark(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.AttributeProvider is MemberInfo member && Members.Contains((type.Type, member.Name)))
            {
                property.CustomConverter = PersonalTextJson.Instance;
            }
        }
    }
}
