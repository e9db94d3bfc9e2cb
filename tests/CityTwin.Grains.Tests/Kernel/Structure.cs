using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace CityTwin.Grains.Tests;

/// <summary>The whole content of a record as text: two are the same when their texts are, whatever their collections' identity.</summary>
internal static class Structure
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or TwinId or Enum:
                text.Append(value);
                break;
            case DateTimeOffset at:
                text.Append(at.UtcTicks);
                break;
            case IFormattable plain when value.GetType().IsPrimitive || value is decimal or TimeSpan or DateOnly or TimeOnly:
                text.Append(plain.ToString(null, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                text.Append(flag);
                break;
            case IDictionary or IEnumerable:
                WriteItems(text, (IEnumerable)value);
                break;
            default:
                WriteProperties(text, value);
                break;
        }
    }

    private static void WriteItems(StringBuilder text, IEnumerable items)
    {
        IEnumerable<string> all = items.GetType().GetProperty("IsDefault")?.GetValue(items) is true ? [] : items.Cast<object?>().Select(Of);
        bool isUnordered = items is IDictionary || items.GetType().Name.StartsWith("ImmutableHashSet", StringComparison.Ordinal);
        text.Append('[').AppendJoin("; ", isUnordered ? all.Order(StringComparer.Ordinal) : all).Append(']');
    }

    private static void WriteProperties(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append('{');
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            text.Append(property.Name).Append('=');
            Write(text, property.GetValue(value));
            text.Append(", ");
        }
        text.Append('}');
    }
}
