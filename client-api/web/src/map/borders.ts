// The city's own borders, where its folder has them; read once.
import type { FeatureCollection } from 'geojson';
import { getText } from '../api/client';

let reading: Promise<FeatureCollection> | undefined;

export function bordersReading(): Promise<FeatureCollection> {
  // Without borders the map is drawn around centres, so a failure only costs accuracy.
  reading ??= getText('/city/boundaries').then((text) => JSON.parse(text) as FeatureCollection, () => ({ type: 'FeatureCollection', features: [] }));
  return reading;
}
