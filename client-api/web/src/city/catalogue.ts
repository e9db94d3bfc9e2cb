// What the city offers: services, feedback categories, documents. Read once; names in the language in force.
import { computed, signal } from '@preact/signals';
import { get } from '../api/client';
import type { CatalogueReading } from '../api/contract';
import { named } from '../i18n/language';

export const catalogue = signal<CatalogueReading | undefined>(undefined);

const services = computed(() => new Map(catalogue.value?.services.map((s) => [s.code, s]) ?? []));
const documents = computed(() => new Map(catalogue.value?.documents.map((d) => [d.code, d]) ?? []));

let asked: Promise<void> | undefined;

/** Reads the catalogue, once. */
export function readCatalogue(): Promise<void> {
  asked ??= get('/city/catalogue').then(
    (answer) => {
      catalogue.value = answer;
    },
    (reason: unknown) => {
      asked = undefined;
      throw reason;
    },
  );
  return asked;
}

export function serviceOf(code: string) {
  return services.value.get(code);
}

export function serviceName(code: string): string {
  return named(services.value.get(code), code);
}

export function documentName(code: string): string {
  return named(documents.value.get(code), code);
}
