using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using CityTwin.ClientApi.Boards;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Citizens;
using CityTwin.ClientApi.Clocks;
using CityTwin.ClientApi.Desks;
using CityTwin.ClientApi.Feedback;
using CityTwin.ClientApi.Forecasts;
using CityTwin.ClientApi.Histories;
using CityTwin.ClientApi.Live;
using CityTwin.ClientApi.Offices;
using CityTwin.ClientApi.Officials;
using CityTwin.ClientApi.Operations;
using CityTwin.ClientApi.Policy;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Quality;
using CityTwin.ClientApi.Queries;
using CityTwin.ClientApi.Readings;
using CityTwin.ClientApi.Sensors;
using CityTwin.ClientApi.Subscriptions;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Subscriptions;
using CityTwin.Silo.Views;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.Wire;

/// <summary>Everything that is read from and written to callers, as generated code. Unknown and doubled members are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(IdJson), typeof(WordJson<CaseStage>), typeof(WordJson<CaseKind>), typeof(WordJson<Channel>), typeof(WordJson<Urgency>), typeof(WordJson<Level>),
        typeof(WordJson<OfficeKind>), typeof(WordJson<Discipline>), typeof(WordJson<ClockMode>), typeof(WordJson<EventMode>), typeof(WordJson<ChangeKind>), typeof(WordJson<SpecialDayKind>), typeof(WordJson<FactStatus>),
        typeof(WordJson<SensorKind>), typeof(WordJson<AlertKind>), typeof(WordJson<WatchedNumber>), typeof(WordJson<Measure>), typeof(WordJson<SensorCondition>),
        typeof(WordJson<LiveStage>), typeof(WordJson<RunStatus>), typeof(WordJson<RunStage>), typeof(WordJson<MistakeCode>), typeof(WordJson<TrustLevel>),
    ])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(FileCase))]
[JsonSerializable(typeof(FileBatch))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(WithdrawBody))]
[JsonSerializable(typeof(RateBody))]
[JsonSerializable(typeof(ReopenBody))]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(EscalateBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ResolveBody))]
[JsonSerializable(typeof(ReassignBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(CaseReading))]
[JsonSerializable(typeof(CaseAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(CaseListAnswer))]
[JsonSerializable(typeof(ForecastAnswer))]
[JsonSerializable(typeof(OfficeForecastsAnswer))]
[JsonSerializable(typeof(ClassifyBody))]
[JsonSerializable(typeof(ClassifyAnswer))]
[JsonSerializable(typeof(CategoryBody))]
[JsonSerializable(typeof(LabellingAnswer))]
[JsonSerializable(typeof(ModelReading))]
[JsonSerializable(typeof(RollBackBody))]
[JsonSerializable(typeof(DriftReading))]
[JsonSerializable(typeof(TakeNextBody))]
[JsonSerializable(typeof(StartBody))]
[JsonSerializable(typeof(DisciplineBody))]
[JsonSerializable(typeof(OfficialsBody))]
[JsonSerializable(typeof(DeskReading))]
[JsonSerializable(typeof(DeskAnswer))]
[JsonSerializable(typeof(DeskListAnswer))]
[JsonSerializable(typeof(QueueAnswer))]
[JsonSerializable(typeof(OpenDeskBody))]
[JsonSerializable(typeof(OfficeReading))]
[JsonSerializable(typeof(OfficeAnswer))]
[JsonSerializable(typeof(OfficeListAnswer))]
[JsonSerializable(typeof(OfficialReading))]
[JsonSerializable(typeof(LedgerReading))]
[JsonSerializable(typeof(LedgerAnswer))]
[JsonSerializable(typeof(RevokeBody))]
[JsonSerializable(typeof(ForgetBody))]
[JsonSerializable(typeof(ForgetAnswer))]
[JsonSerializable(typeof(AmendServiceBody))]
[JsonSerializable(typeof(SetDayBody))]
[JsonSerializable(typeof(RouteFieldBody))]
[JsonSerializable(typeof(TermsBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(SplitBody))]
[JsonSerializable(typeof(CityReading))]
[JsonSerializable(typeof(CityAnswer))]
[JsonSerializable(typeof(CatalogueReading))]
[JsonSerializable(typeof(CalendarReading))]
[JsonSerializable(typeof(BoardAnswer))]
[JsonSerializable(typeof(OfficeBoardAnswer))]
[JsonSerializable(typeof(DifferenceAnswer))]
[JsonSerializable(typeof(TrendAnswer))]
[JsonSerializable(typeof(BoardStart))]
[JsonSerializable(typeof(BoardUpdate))]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(ClockReading))]
[JsonSerializable(typeof(AdvanceBody))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(HealthReading))]
[JsonSerializable(typeof(RuntimeReading))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(SubscribeBody))]
[JsonSerializable(typeof(SubscriptionReading))]
[JsonSerializable(typeof(SubscriptionListAnswer))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(DeadLetterReading))]
[JsonSerializable(typeof(DeadLetterListAnswer))]
[JsonSerializable(typeof(ResendAnswer))]
[JsonSerializable(typeof(QualityAnswer))]
[JsonSerializable(typeof(QueryBody))]
[JsonSerializable(typeof(QueryReading))]
[JsonSerializable(typeof(QuerySchemaReading))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, System.Text.Json.JsonElement>))]
[JsonSerializable(typeof(RegisterSensorBody))]
[JsonSerializable(typeof(RulesBody))]
[JsonSerializable(typeof(CalibrateBody))]
[JsonSerializable(typeof(UntilBody))]
[JsonSerializable(typeof(AcknowledgeBody))]
[JsonSerializable(typeof(SensorReading))]
[JsonSerializable(typeof(SensorAnswer))]
[JsonSerializable(typeof(SensorListAnswer))]
[JsonSerializable(typeof(ReadingsBody))]
[JsonSerializable(typeof(ReadingsAnswer))]
[JsonSerializable(typeof(ReadingHistoryAnswer))]
[JsonSerializable(typeof(DeadLetterAnswer))]
[JsonSerializable(typeof(PayloadSchema))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(LiveCity))]
[JsonSerializable(typeof(BundledScenarioList))]
[JsonSerializable(typeof(ScenarioAnswer))]
[JsonSerializable(typeof(ValidateBody))]
[JsonSerializable(typeof(StartRunBody))]
[JsonSerializable(typeof(StartCalibrationBody))]
[JsonSerializable(typeof(KeepRunBody))]
[JsonSerializable(typeof(RunReading))]
[JsonSerializable(typeof(RunListAnswer))]
[JsonSerializable(typeof(ComparisonAnswer))]
[JsonSerializable(typeof(CalibrationAnswer))]
[JsonSerializable(typeof(RunCharts))]
[JsonSerializable(typeof(ScenarioBaseList))]
[JsonSerializable(typeof(ScenarioNames))]
[JsonSerializable(typeof(LeverBook))]
[JsonSerializable(typeof(ConvertBody))]
[JsonSerializable(typeof(ConvertAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Vietnamese letters are written as they are; only what JSON itself forbids is escaped.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
