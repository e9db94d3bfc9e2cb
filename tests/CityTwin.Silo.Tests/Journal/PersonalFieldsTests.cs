using System.Reflection;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;

namespace CityTwin.Silo.Tests.Journal;

public sealed class PersonalFieldsTests
{
    // Texts that are the city's own: codes, names of offices, desks and holidays. A new text member must be put here or be encrypted.
    private static readonly HashSet<string> Public =
    [
        "Service", "Skill", "NameVi", "NameEn", "Edition", "Name", "Field", "Document", "Category", "Before",
    ];

    [Fact]
    public void Every_text_of_a_case_or_a_citizen_is_encrypted_or_known_to_be_public()
    {
        string[] undecided = [..
            from type in typeof(TwinEvent).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(CaseEvent)) || type.IsSubclassOf(typeof(CitizenEvent)) || type == typeof(CaseState) || type == typeof(CitizenState)
            from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where member.PropertyType == typeof(string) && !PersonalFields.Contains(type, member.Name) && !Public.Contains(member.Name)
            select $"{type.Name}.{member.Name}"];

        Assert.Empty(undecided);
    }

    [Fact]
    public void An_event_has_a_text_to_encrypt_exactly_when_one_of_its_members_is_listed()
    {
        foreach ((string name, Type type) in JournalJson.EventTypes)
        {
            bool listed = type.GetProperties().Any(p => PersonalFields.Contains(type, p.Name));
            Assert.True(listed == PersonalFields.HasText(SampleValues.Event(type)), name);
        }
    }
}
