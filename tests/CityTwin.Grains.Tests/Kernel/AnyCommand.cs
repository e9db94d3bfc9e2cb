using System.Collections.Immutable;
using System.Reflection;

namespace CityTwin.Grains.Tests;

/// <summary>Commands of every type with arguments of every sort: absent lists, nulls, unknown codes, undefined enumerations, extremes.</summary>
/// <remarks>Found by reflection, so that a command added later is thrown at the deciders as well.</remarks>
internal sealed class AnyCommand(Random random, IReadOnlyList<TwinId> known)
{
    private static readonly string?[] Texts =
        [null, "", " ", "id", "landbook", "photo", "land", "copy", "noise", "justice", "lost", new('x', 5_000)];

    public static IReadOnlyList<Type> TypesFor(TwinKind kind) => Types(kind switch
    {
        TwinKind.City => typeof(CityCommand),
        TwinKind.Desk => typeof(DeskCommand),
        TwinKind.Case => typeof(CaseCommand),
        TwinKind.Citizen => typeof(CitizenCommand),
        TwinKind.Official => typeof(OfficialCommand),
        _ => typeof(OfficeCommand),
    });

    public TwinCommand Make(Type type) => (TwinCommand)Construct(type);

    private static Type[] Types(Type union) => [.. union.GetNestedTypes().Where(t => t.IsSubclassOf(union))];

    private object Construct(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType))]);
    }

    private object? Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } plain)
        {
            return random.Next(2) == 0 ? null : Value(plain);
        }
        if (type == typeof(TwinId))
        {
            return random.Next(4) == 0 ? default : known[random.Next(known.Count)];
        }
        if (type.IsEnum)
        {
            return Enum.ToObject(type, random.Next(0, 9));
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return Array(type.GenericTypeArguments[0]);
        }
        return Scalar(type);
    }

    private object? Scalar(Type type)
    {
        object? value = Type.GetTypeCode(type) switch
        {
            TypeCode.String => Texts[random.Next(Texts.Length)],
            TypeCode.Boolean => random.Next(2) == 0,
            TypeCode.Int32 => Any(0, 1, 3, 5, 50, 99, 100, -1, int.MaxValue, int.MinValue),
            TypeCode.Int64 => Any(0, 1, 99, -1, long.MaxValue, long.MinValue),
            TypeCode.Double => Any(0, 1, 45.5, -1, double.NaN, double.MaxValue, double.PositiveInfinity, 1e-300),
            TypeCode.Decimal => Any(0m, 0.5m, 3m, 365m, -1m, decimal.MaxValue),
            _ => null,
        };
        return value ?? type.Name switch
        {
            nameof(String) => null,
            nameof(DateTimeOffset) => Any(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, SmallCity.Monday),
            nameof(TimeSpan) => Any(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromMinutes(5)),
            nameof(DateOnly) => Any(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2026, 11, 20)),
            _ => type.IsValueType || random.Next(4) > 0 ? Construct(type) : null,
        };
    }

    private object Array(Type item)
    {
        Type type = typeof(ImmutableArray<>).MakeGenericType(item);
        if (random.Next(4) == 0)
        {
            return Activator.CreateInstance(type)!;
        }
        var items = System.Array.CreateInstance(item, random.Next(4));
        for (int i = 0; i < items.Length; i++)
        {
            items.SetValue(Value(item), i);
        }
        MethodInfo create = typeof(ImmutableArray).GetMethods()
            .First(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }]);
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private T Any<T>(params T[] values) => values[random.Next(values.Length)];
}
