using System.Collections.Immutable;
using System.Reflection;
using CityTwin.Grains;

namespace CityTwin.Silo.Tests.Journal;

/// <summary>Makes a value of any type that events are made of, the same one each time: every member set, none at its default.</summary>
internal static class SampleValues
{
    private static readonly DateTimeOffset Moment = new(2026, 7, 1, 1, 2, 3, 456, TimeSpan.Zero);

    /// <summary>An event, with each parameter of its constructor set.</summary>
    public static TwinEvent Event(Type type) => (TwinEvent)Make(type, type.Name);

    private static object Make(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Make(inner, name);
        }
        return type switch
        {
            _ when type == typeof(string) => $"{name} 'Đường \"ngập\"' <1>",
            _ when type == typeof(DateTimeOffset) => Moment.AddMinutes(name.Length),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 9, 2),
            _ when type == typeof(TimeOnly) => new TimeOnly(7, 30),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(61.5),
            _ when type == typeof(bool) => true,
            _ when type == typeof(double) => 12.25,
            _ when type == typeof(float) => 12.25f,
            _ when type == typeof(decimal) => 7.5m,
            _ when type == typeof(TwinId) => Identity(name),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(1)!,
            _ when type.IsPrimitive => Convert.ChangeType(3 + name.Length, type, null),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => Two(type.GetGenericArguments()[0], name),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>) => Pair(type.GetGenericArguments(), name),
            _ => Compose(type),
        };
    }

    private static TwinId Identity(string name) => name switch
    {
        "Desk" or "FromDesk" => TwinId.Desk(1975301),
        "Official" or "Officials" => TwinId.Official(19753001),
        "Case" => TwinId.Case(4711),
        "Citizen" => TwinId.Citizen(815),
        "Department" => TwinId.Department(4605),
        _ => TwinId.Commune(19753),
    };

    private static object Two(Type of, string name) => typeof(SampleValues)
        .GetMethod(nameof(ArrayOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(of).Invoke(null, [name])!;

    private static ImmutableArray<T> ArrayOf<T>(string name) => [(T)Make(typeof(T), name)];

    private static object Pair(Type[] of, string name) => typeof(SampleValues)
        .GetMethod(nameof(DictionaryOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(of).Invoke(null, [name])!;

    private static ImmutableDictionary<TKey, TValue> DictionaryOf<TKey, TValue>(string name)
        where TKey : notnull => ImmutableDictionary<TKey, TValue>.Empty.Add((TKey)Make(typeof(TKey), name), (TValue)Make(typeof(TValue), name));

    private static object Compose(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        object made = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, p.Name!))]);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            bool isParameter = constructor.GetParameters().Any(p => p.Name == property.Name);
            if (!isParameter && property.SetMethod is not null && property.DeclaringType == type && property.GetIndexParameters().Length == 0)
            {
                property.SetValue(made, Make(property.PropertyType, property.Name));
            }
        }
        return made;
    }
}
