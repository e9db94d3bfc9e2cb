using System.Text.Json.Serialization;

namespace CityTwin.ClientApi.Open311;

/// <summary>Where the interface is found: the standard's service discovery.</summary>
/// <param name="Changeset">When this was last different.</param>
/// <param name="Contact">Whom to ask.</param>
/// <param name="KeyService">How to come by a key.</param>
/// <param name="Endpoints">The interfaces.</param>
internal sealed record DiscoveryAnswer(
    [property: JsonPropertyName("changeset")] string Changeset, [property: JsonPropertyName("contact")] string Contact,
    [property: JsonPropertyName("key_service")] string KeyService, [property: JsonPropertyName("endpoints")] DiscoveredEndpoint[] Endpoints);

/// <summary>One interface of the discovery.</summary>
/// <param name="Specification">Which standard it follows.</param>
/// <param name="Url">Where.</param>
/// <param name="Changeset">When it was last different.</param>
/// <param name="Type">production or test.</param>
/// <param name="Formats">The content types it speaks.</param>
internal sealed record DiscoveredEndpoint(
    [property: JsonPropertyName("specification")] string Specification, [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("changeset")] string Changeset, [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("formats")] string[] Formats);

/// <summary>A category of reports.</summary>
/// <param name="ServiceCode">The category's code.</param>
/// <param name="ServiceName">Its Vietnamese name.</param>
/// <param name="Description">Its English name, who answers and within how long.</param>
/// <param name="Metadata">Whether it has a definition with attributes.</param>
/// <param name="Type">Always realtime: a report has its id at once.</param>
/// <param name="Keywords">Words to find it by, with commas between.</param>
/// <param name="Group">Who answers for it.</param>
internal sealed record ServiceLine(
    [property: JsonPropertyName("service_code")] string ServiceCode, [property: JsonPropertyName("service_name")] string ServiceName,
    [property: JsonPropertyName("description")] string Description, [property: JsonPropertyName("metadata")] bool Metadata,
    [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("keywords")] string Keywords,
    [property: JsonPropertyName("group")] string Group);

/// <summary>What a category asks for beyond the usual.</summary>
/// <param name="ServiceCode">The category's code.</param>
/// <param name="Attributes">The questions.</param>
internal sealed record ServiceDefinitionAnswer(
    [property: JsonPropertyName("service_code")] string ServiceCode, [property: JsonPropertyName("attributes")] ServiceAttribute[] Attributes);

/// <summary>A question of a category.</summary>
/// <param name="Variable">True for a question; false for something only to be read.</param>
/// <param name="Code">Its code, as in <c>attribute[code]</c>.</param>
/// <param name="Datatype">string, number, datetime, text, singlevaluelist or multivaluelist.</param>
/// <param name="Required">Whether an answer must be given.</param>
/// <param name="DatatypeDescription">How to answer.</param>
/// <param name="Order">Its place among the questions, from 1.</param>
/// <param name="Description">The question.</param>
/// <param name="Values">The answers that there are, for the two kinds of list.</param>
internal sealed record ServiceAttribute(
    [property: JsonPropertyName("variable")] bool Variable, [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("datatype")] string Datatype, [property: JsonPropertyName("required")] bool Required,
    [property: JsonPropertyName("datatype_description")] string? DatatypeDescription, [property: JsonPropertyName("order")] int Order,
    [property: JsonPropertyName("description")] string Description, [property: JsonPropertyName("values")] AttributeValue[]? Values);

/// <summary>An answer of a list.</summary>
/// <param name="Key">What is sent.</param>
/// <param name="Name">What is shown.</param>
internal sealed record AttributeValue([property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("name")] string Name);

/// <summary>A report as it is posted, besides <c>attribute[code]</c> and <c>attribute[code][]</c>.</summary>
/// <param name="ApiKey">One of the city's keys, where it asks for any.</param>
/// <param name="ServiceCode">The category; required.</param>
/// <param name="Lat">Degrees north; with long, or else address_string or address_id.</param>
/// <param name="Long">Degrees east.</param>
/// <param name="AddressString">Where, in words; alone, it must name a commune.</param>
/// <param name="AddressId">The code of a commune.</param>
/// <param name="Description">What is the matter, at most 4,000 characters.</param>
/// <param name="MediaUrl">A picture's address.</param>
/// <param name="AccountId">A citizen's pseudonym, as citizen/000000000042.</param>
internal sealed record ReportForm(
    [property: JsonPropertyName("api_key")] string? ApiKey, [property: JsonPropertyName("service_code")] string ServiceCode,
    [property: JsonPropertyName("lat")] double? Lat, [property: JsonPropertyName("long")] double? Long,
    [property: JsonPropertyName("address_string")] string? AddressString, [property: JsonPropertyName("address_id")] string? AddressId,
    [property: JsonPropertyName("description")] string? Description, [property: JsonPropertyName("media_url")] string? MediaUrl,
    [property: JsonPropertyName("account_id")] string? AccountId);

/// <summary>An update as it is posted.</summary>
/// <param name="ApiKey">One of the city's keys, where it asks for any.</param>
/// <param name="ServiceRequestId">The report; required.</param>
/// <param name="UpdateId">The sender's own id: sent again, it changes nothing.</param>
/// <param name="Status">OPEN, or CLOSED to take the report back.</param>
/// <param name="Description">The answer, the objection or the reason.</param>
internal sealed record UpdateForm(
    [property: JsonPropertyName("api_key")] string? ApiKey, [property: JsonPropertyName("service_request_id")] string ServiceRequestId,
    [property: JsonPropertyName("update_id")] string? UpdateId, [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("description")] string? Description);

/// <summary>A report that was taken.</summary>
/// <param name="ServiceRequestId">Its id: the case's number.</param>
/// <param name="ServiceNotice">Who has it and until when.</param>
/// <param name="AccountId">The citizen that was named, or null.</param>
internal sealed record FiledLine(
    [property: JsonPropertyName("service_request_id")] string ServiceRequestId, [property: JsonPropertyName("service_notice")] string ServiceNotice,
    [property: JsonPropertyName("account_id")] string? AccountId);

/// <summary>The report that a token stands for.</summary>
/// <param name="ServiceRequestId">The report.</param>
/// <param name="Token">The token.</param>
internal sealed record TokenLine(
    [property: JsonPropertyName("service_request_id")] string ServiceRequestId, [property: JsonPropertyName("token")] string Token);

/// <summary>A report.</summary>
/// <param name="ServiceRequestId">Its id: the case's number.</param>
/// <param name="Status">open or closed.</param>
/// <param name="StatusNotes">Where it is in its life, and for those with a key the outcome.</param>
/// <param name="ServiceName">The category's Vietnamese name.</param>
/// <param name="ServiceCode">The category's code.</param>
/// <param name="Description">What was reported, private passages masked; null for those without a key.</param>
/// <param name="AgencyResponsible">The office in charge.</param>
/// <param name="ServiceNotice">What to expect.</param>
/// <param name="RequestedDatetime">When it came in.</param>
/// <param name="UpdatedDatetime">Since when it is where it is.</param>
/// <param name="ExpectedDatetime">The deadline in force.</param>
/// <param name="Address">As it was given, or the commune.</param>
/// <param name="AddressId">The commune's official code.</param>
/// <param name="Zipcode">Not known: null.</param>
/// <param name="Lat">Degrees north, or null.</param>
/// <param name="Long">Degrees east, or null.</param>
/// <param name="MediaUrl">As it was given; null for those without a key.</param>
internal sealed record RequestLine(
    [property: JsonPropertyName("service_request_id")] string ServiceRequestId, [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("status_notes")] string? StatusNotes, [property: JsonPropertyName("service_name")] string ServiceName,
    [property: JsonPropertyName("service_code")] string ServiceCode, [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("agency_responsible")] string AgencyResponsible, [property: JsonPropertyName("service_notice")] string? ServiceNotice,
    [property: JsonPropertyName("requested_datetime")] string RequestedDatetime, [property: JsonPropertyName("updated_datetime")] string UpdatedDatetime,
    [property: JsonPropertyName("expected_datetime")] string ExpectedDatetime, [property: JsonPropertyName("address")] string? Address,
    [property: JsonPropertyName("address_id")] string? AddressId, [property: JsonPropertyName("zipcode")] string? Zipcode,
    [property: JsonPropertyName("lat")] double? Lat, [property: JsonPropertyName("long")] double? Long,
    [property: JsonPropertyName("media_url")] string? MediaUrl);

/// <summary>Something that changed at a report: FixMyStreet's extension.</summary>
/// <param name="UpdateId">Its place in the city's order of events.</param>
/// <param name="ServiceRequestId">The report.</param>
/// <param name="Status">open or closed, after it.</param>
/// <param name="UpdatedDatetime">When.</param>
/// <param name="Description">What happened.</param>
/// <param name="MediaUrl">None is kept: null.</param>
internal sealed record UpdateLine(
    [property: JsonPropertyName("update_id")] string UpdateId, [property: JsonPropertyName("service_request_id")] string ServiceRequestId,
    [property: JsonPropertyName("status")] string Status, [property: JsonPropertyName("updated_datetime")] string UpdatedDatetime,
    [property: JsonPropertyName("description")] string Description, [property: JsonPropertyName("media_url")] string? MediaUrl);

/// <summary>An update that was taken.</summary>
/// <param name="UpdateId">Its id.</param>
internal sealed record UpdateFiledLine([property: JsonPropertyName("update_id")] string UpdateId);

/// <summary>What is wrong.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Description">What and why.</param>
internal sealed record ErrorLine([property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("description")] string Description);

/// <summary>Reading and writing of the above; members without a value are written as null, as the standard's examples do.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DiscoveryAnswer))]
[JsonSerializable(typeof(ServiceLine[]))]
[JsonSerializable(typeof(ServiceDefinitionAnswer))]
[JsonSerializable(typeof(FiledLine[]))]
[JsonSerializable(typeof(TokenLine[]))]
[JsonSerializable(typeof(RequestLine[]))]
[JsonSerializable(typeof(UpdateLine[]))]
[JsonSerializable(typeof(UpdateFiledLine[]))]
[JsonSerializable(typeof(ErrorLine[]))]
[JsonSerializable(typeof(ReportForm))]
[JsonSerializable(typeof(UpdateForm))]
[JsonSerializable(typeof(Dictionary<string, ServiceAttribute[]>))]
internal sealed partial class Open311Json : JsonSerializerContext;
