using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.WhatIf;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Subscriptions;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CityTwin.ClientApi.OpenApi;

/// <summary>Completes the OpenAPI document: parameters of addresses and queries, identities, words.</summary>
internal static class DocumentShape
{
    private static readonly Dictionary<Type, IEnumerable<string>> WordsOf = new()
    {
        [typeof(CaseStage)] = Words<CaseStage>.All,
        [typeof(CaseKind)] = Words<CaseKind>.All,
        [typeof(Channel)] = Words<Channel>.All,
        [typeof(Urgency)] = Words<Urgency>.All,
        [typeof(Level)] = Words<Level>.All,
        [typeof(OfficeKind)] = Words<OfficeKind>.All,
        [typeof(Discipline)] = Words<Discipline>.All,
        [typeof(ClockMode)] = Words<ClockMode>.All,
        [typeof(EventMode)] = Words<EventMode>.All,
        [typeof(ChangeKind)] = Words<ChangeKind>.All,
        [typeof(SpecialDayKind)] = Words<SpecialDayKind>.All,
        [typeof(FactStatus)] = Words<FactStatus>.All,
        [typeof(SensorKind)] = Words<SensorKind>.All,
        [typeof(AlertKind)] = Words<AlertKind>.All,
        [typeof(WatchedNumber)] = Words<WatchedNumber>.All,
        [typeof(Measure)] = Words<Measure>.All,
        [typeof(SensorCondition)] = Words<SensorCondition>.All,
        [typeof(LiveStage)] = Words<LiveStage>.All,
        [typeof(RunStatus)] = Words<RunStatus>.All,
        [typeof(RunStage)] = Words<RunStage>.All,
        [typeof(MistakeCode)] = Words<MistakeCode>.All,
        [typeof(TrustLevel)] = Words<TrustLevel>.All,
    };

    /// <summary>Adds the document, at /openapi/v1.json.</summary>
    public static void AddCityTwinOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "CityTwin",
                Version = "1",
                Description = "The operational twin of a city under two-level local government. Identities are kind/number; moments are RFC 3339. "
                    + "Problems are application/problem+json with a stable type, urn:citytwin:problem:<what is wrong>.",
            };
            document.Servers = [];
            DocumentKeys.AddTo(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDoc>().FirstOrDefault() is { } doc)
            {
                operation.Parameters = [.. Parameters(doc, context.Description.RelativePath ?? "")];
                DocumentKeys.AddTo(operation, "/" + context.Description.RelativePath);
            }
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(TwinId))
            {
                schema.Type = JsonSchemaType.String;
                schema.Properties = null;
                schema.Pattern = "^[a-z]+/[0-9A-Z]+$";
                schema.Examples = [JsonValue.Create("commune/19753")!];
            }
            else if (WordsOf.TryGetValue(type, out IEnumerable<string>? words))
            {
                schema.Type = JsonSchemaType.String;
                schema.Enum = [.. words.Select(w => (JsonNode)JsonValue.Create(w)!)];
            }
            else if (context.JsonPropertyInfo is { Name: "name" } name && name.DeclaringType == typeof(QueryAttributeReading))
            {
                // All attributes there are: pages that name them in other languages leave none out.
                schema.Enum = [.. QuerySchema.All.SelectMany(s => s.Attributes).Select(a => a.Name).Distinct().Select(n => (JsonNode)JsonValue.Create(n)!)];
            }
            else if (type == typeof(TwinEvent))
            {
                schema.Type = JsonSchemaType.Object;
            }

            // What may be null is left out when it is.
            foreach (JsonPropertyInfo property in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable || Nullable.GetUnderlyingType(p.PropertyType) is not null))
            {
                schema.Required?.Remove(property.Name);
                if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), false) == true)
                {
                    (schema.Required ??= new HashSet<string>()).Add(property.Name);
                }
            }
            return Task.CompletedTask;
        });
    });

    private static IEnumerable<OpenApiParameter> Parameters(RouteDoc doc, string path)
    {
        foreach (string part in path.Split('{').Skip(1))
        {
            yield return new OpenApiParameter
            {
                Name = part[..part.IndexOf('}', StringComparison.Ordinal)],
                In = ParameterLocation.Path,
                Required = true,
                Description = "The number part of the identity, or a code.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
        foreach (QueryDoc query in doc.Query)
        {
            yield return new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = new OpenApiSchema
                {
                    Type = query.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
                    Enum = query.Words is null ? null : [.. query.Words.Select(w => (JsonNode)JsonValue.Create(w)!)],
                },
            };
        }
        if (doc is { IsCommand: true, TakesKey: true })
        {
            yield return new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 200 printable characters. A request repeated under its key gives the first answer and changes nothing.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            };
        }
    }
}
