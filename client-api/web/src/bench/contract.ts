// The planner's part of the contract in short names.
import type { components } from '../api/schema';

type Schemas = components['schemas'];

export type BundledScenario = Schemas['BundledScenario'];
export type CalibrationReading = Schemas['CalibrationReading'];
export type ComparedFigure = Schemas['ComparedFigure'];
export type ComparisonAnswer = Schemas['ComparisonAnswer'];
export type DeskKindCharts = Schemas['DeskKindCharts'];
export type EstimateReading = Schemas['EstimateReading'];
export type FigureReading = Schemas['FigureReading'];
export type OfficeCalibration = Schemas['OfficeCalibration'];
export type OfficeCharts = Schemas['OfficeCharts'];
export type RunCharts = Schemas['RunCharts'];
export type RunSoFar = Schemas['RunSoFar'];
export type ScenarioBaseLine = Schemas['ScenarioBaseLine'];
export type ScenarioNames = Schemas['ScenarioNames'];
export type StartRunBody = Schemas['StartRunBody'];
export type VariantCharts = Schemas['VariantCharts'];

/** An interval whose ends are known. */
export interface Range {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate with both ends, or undefined where something of it is not known. */
export function rangeOf(reading: EstimateReading | null | undefined): Range | undefined {
  const { estimate, low, high } = reading ?? {};
  return typeof estimate === 'number' && typeof low === 'number' && typeof high === 'number' ? { estimate, low, high } : undefined;
}
