using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Wire;

/// <summary>Collects what is wrong with a request, so that all of it is told at once. Costs nothing while nothing is wrong.</summary>
internal struct Mistakes
{
    private List<FieldError>? _errors;

    /// <summary>True when something is wrong.</summary>
    public readonly bool Any => _errors is not null;

    /// <summary>What is wrong.</summary>
    public readonly IReadOnlyList<FieldError> Errors => _errors ?? [];

    /// <summary>Adds a mistake.</summary>
    public void Add(string path, string reason) => (_errors ??= []).Add(new FieldError(path, reason));

    /// <summary>Ends the request if anything is wrong.</summary>
    /// <exception cref="ProblemException">Something is.</exception>
    public readonly void ThrowIfAny()
    {
        if (_errors is not null)
        {
            throw new ProblemException(Problem.InvalidRequest(_errors));
        }
    }

    /// <summary>A text that must be there: not blank, at most so long.</summary>
    public void Text(string path, [NotNull] string? value, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(path, $"is required: 1 to {max} characters");
        }
        else
        {
            OptionalText(path, value, max);
        }
        value ??= "";
    }

    /// <summary>A text that may be left out.</summary>
    public void OptionalText(string path, string? value, int max)
    {
        if (value is not null && value.Length > max)
        {
            Add(path, $"is {value.Length} characters long: at most {max} are allowed");
        }
    }

    /// <summary>An identity that must be there and be of a kind.</summary>
    public TwinId Id(string path, TwinId? value, TwinKind kind)
    {
        if (value is null)
        {
            Add(path, $"is required: the identity of {Article(kind)}");
        }
        return OptionalId(path, value, kind);
    }

    /// <summary>An identity that may be left out; none then.</summary>
    public TwinId OptionalId(string path, TwinId? value, TwinKind kind)
    {
        if (value is { } id && id.Kind != kind)
        {
            Add(path, $"{id} is not {Article(kind)}");
        }
        return value ?? default;
    }

    /// <summary>A commune or department that may be left out; none then.</summary>
    public TwinId OptionalOffice(string path, TwinId? value)
    {
        if (value is { } id && id.Kind is not (TwinKind.Commune or TwinKind.Department))
        {
            Add(path, $"{id} is not a commune or department");
        }
        return value ?? default;
    }

    /// <summary>Document codes: known ones, at most as many as the rules take.</summary>
    public ImmutableArray<string> Documents(string path, string[]? codes, CityRules rules)
    {
        if (codes is null || codes.Length == 0)
        {
            return [];
        }
        if (codes.Length > TextLimits.DocumentsMax)
        {
            Add(path, $"has {codes.Length} documents: at most {TextLimits.DocumentsMax} are allowed");
            return [];
        }
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] is null || !rules.Catalogue.Documents.ContainsKey(codes[i]))
            {
                Add($"{path}[{i}]", $"the catalogue has no document '{Short(codes[i])}': see /city/catalogue");
            }
        }
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(codes);
    }

    /// <summary>A text shortened for a message.</summary>
    public static string Short(string? text) => text is null ? "null" : text.Length <= 60 ? text : text[..60] + "…";

    private static string Article(TwinKind kind) => kind switch
    {
        TwinKind.Official => "an official, as \"official/19753001\"",
        TwinKind.Case => "a case, as \"case/01HX2M9QK3TA\"",
        TwinKind.Commune => "a commune, as \"commune/19753\"",
        TwinKind.Department => "a department, as \"department/4605\"",
        TwinKind.Citizen => "a citizen, as \"citizen/000000000042\"",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };
}
