using CityTwin.ClientApi.Keys;
using Microsoft.OpenApi;

namespace CityTwin.ClientApi.OpenApi;

/// <summary>Says in the OpenAPI document where keys are asked for, when the city has any.</summary>
internal static class DocumentKeys
{
    private const string Bearer = "bearer";
    private const string Header = "apiKey";

    /// <summary>The two ways in which a key is sent; neither is needed in a city without keys.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of --api-keys. A city without keys, which only its own machine can reach, asks for none." },
            [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The same key, as a header of its own." },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Header, document)] = [] },
            [],
        ];
    }

    /// <summary>An address that everybody may use says so.</summary>
    public static void AddTo(OpenApiOperation operation, string address)
    {
        if (ApiKeyGate.IsPublic(address))
        {
            operation.Security = [[]];
        }
    }
}
