// The ranges and choices of scenario members, out of the JSON schema that the city serves: one contract for the form, the text and the simulator.
import { getText } from '../api/client';

export interface MemberRange {
  readonly min?: number;
  readonly max?: number;
  /** What holds when nothing is given. */
  readonly usual?: number;
  readonly isWhole: boolean;
  readonly choices: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number | string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

let reading: Promise<Schema> | undefined;

/** Reads the schema, once. */
export function readSchema(): Promise<Schema> {
  reading ??= getText('/whatif/schema').then((text) => JSON.parse(text) as Schema, (reason: unknown) => {
    reading = undefined;
    throw reason;
  });
  return reading;
}

/** The range of a member, by the names on the way to it; a list's members are those of its items. */
export function rangeIn(schema: Schema | undefined, ...path: string[]): MemberRange {
  let found: Schema | undefined = schema;
  for (const name of path) {
    found = (found?.items ?? found)?.properties?.[name];
  }
  const plain = found?.anyOf?.find((s) => s.type === 'number' || s.type === 'integer') ?? found;
  return {
    ...(plain?.minimum !== undefined && { min: plain.minimum }),
    ...(plain?.maximum !== undefined && { max: plain.maximum }),
    ...(typeof found?.default === 'number' && { usual: found.default }),
    isWhole: plain?.type === 'integer',
    choices: plain?.enum ?? [],
  };
}
