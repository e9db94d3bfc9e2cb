// The contract in short names. Everything here comes from schema.ts, which is made from the OpenAPI document.
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type BoardAnswer = Schemas['BoardAnswer'];
export type CalendarReading = Schemas['CalendarReading'];
export type CaseAnswer = Schemas['CaseAnswer'];
export type CaseKind = Schemas['CaseKind'];
export type CaseLine = Schemas['CaseLine'];
export type CaseReading = Schemas['CaseReading'];
export type CaseStage = Schemas['CaseStage'];
export type CatalogueReading = Schemas['CatalogueReading'];
export type Channel = Schemas['Channel'];
export type CityFigures = Schemas['CityFigures'];
export type ClockReading = Schemas['ClockReading'];
export type DeskLine = Schemas['DeskLine'];
export type EventReading = Schemas['EventReading'];
export type Figures = Schemas['Figures'];
export type ForecastAnswer = Schemas['ForecastAnswer'];
export type ForecastDay = Schemas['ForecastDay'];
export type MeasureForecast = Schemas['MeasureForecast'];
export type OfficeForecast = Schemas['OfficeForecast'];
export type PartForecast = Schemas['PartForecast'];
export type OfficeForecasts = Schemas['OfficeForecastsAnswer'];
export type OfficeKind = Schemas['OfficeKind'];
export type OfficeProfile = Schemas['OfficeProfile'];
export type QueryAttribute = Schemas['QueryAttributeReading'];
export type QueryReading = Schemas['QueryReading'];
export type QuerySchema = Schemas['QuerySchemaReading'];
export type QueuedCase = Schemas['QueuedCase'];
export type RecentEvent = Required<Schemas['RecentEvent']>;
export type RuntimeReading = Schemas['RuntimeReading'];
export type SensorBoard = Schemas['SensorBoard'];
export type SensorCondition = Schemas['SensorCondition'];
export type SensorLine = Schemas['SensorLine'];
export type SensorReading = Schemas['SensorReading'];
export type PointReading = Schemas['PointReading'];
export type TrendPoint = Schemas['TrendPoint'];
export type Urgency = Schemas['Urgency'];

/** Addresses that can be read, and addresses that take commands. */
export type GetPath = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
export type PostPath = { [P in keyof paths]: paths[P] extends { post: object } ? P : never }[keyof paths];

export type DeletePath = { [P in keyof paths]: paths[P] extends { delete: object } ? P : never }[keyof paths];

type Ok<Operation> = Operation extends { responses: infer Responses }
  ? { [S in keyof Responses]: S extends 200 | 201 | 202 ? (Responses[S] extends { content: { 'application/json': infer Body } } ? Body : never) : never }[keyof Responses]
  : never;

export type GetAnswer<P extends GetPath> = paths[P] extends { get: infer Operation } ? Ok<Operation> : never;
export type PostAnswer<P extends PostPath> = paths[P] extends { post: infer Operation } ? Ok<Operation> : never;
export type DeleteAnswer<P extends DeletePath> = paths[P] extends { delete: infer Operation } ? Ok<Operation> : never;
export type PostBody<P extends PostPath> = paths[P] extends { post: { requestBody?: { content: { 'application/json': infer Body } } } } ? Body : never;

export type Query<P extends GetPath> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? Exclude<Q, undefined> : Record<string, never>;
