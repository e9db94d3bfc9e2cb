// What completion knows: the attributes that the city tells, and the names of its offices and services.
import { computed, signal } from '@preact/signals';
import { get } from '../../api/client';
import type { QueryAttribute, QuerySchema } from '../../api/contract';
import { heads } from '../../city/board';
import { catalogue } from '../../city/catalogue';
import { cityNow } from '../../city/clock';
import { cityDate } from '../../i18n/format';
import { named } from '../../i18n/language';
import { stages, urgencies, channels, caseKinds, word } from '../../i18n/words';
import { conditions, sensorKinds } from '../../i18n/sensing';
import type { Knowledge, Suggestion } from './grammar';
import { attributeName } from './attributes';
import { t } from './texts';

export const schema = signal<QuerySchema | undefined>(undefined);

let asked: Promise<void> | undefined;

/** Reads what can be asked, once. */
export function readSchema(): void {
  asked ??= get('/queries/schema').then(
    (answer) => {
      schema.value = answer;
    },
    () => {
      asked = undefined;
    },
  );
}

export function attributesOf(type: string): readonly QueryAttribute[] {
  return schema.value?.types.find((s) => s.type === type)?.attributes ?? [];
}

export function knowledgeOf(type: string): Knowledge {
  return {
    attributes: attributesOf(type),
    nameOf: (a) => attributeName(a.name, type) ?? a.description,
    operatorName: (o) => ({ '==': t().is, '!=': t().isNot, '<': t().less, '<=': t().lessOrIs, '>': t().more, '>=': t().moreOrIs, '~=': t().like, '!~=': t().unlike })[o] ?? '',
    valuesOf,
    joints: [{ insert: ';', label: ';', note: t().and }, { insert: '|', label: '|', note: t().or }],
  };
}

const communes = computed<readonly Suggestion[]>(() => heads.value.filter((h) => h.profile.kind !== 'department').map((h) => ({ insert: h.profile.id, label: named(h.profile), note: h.profile.id })));
const departments = computed<readonly Suggestion[]>(() => heads.value.filter((h) => h.profile.kind === 'department').map((h) => ({ insert: h.profile.id, label: named(h.profile), note: h.profile.id })));
const services = computed<readonly Suggestion[]>(() => catalogue.value?.services.map((s) => ({ insert: s.code, label: named(s), note: s.code })) ?? []);

/** The words that people read for a member of an enumeration. */
export function wordOf(member: string): string {
  const all = { ...sensorKinds(), ...conditions(), ...caseKinds(), ...channels(), ...urgencies(), ...stages() };
  return word(all, member);
}

function valuesOf(a: QueryAttribute): readonly Suggestion[] {
  switch (a.type) {
    case 'word':
      return (a.words ?? []).map((w) => ({ insert: w, label: w, note: wordOf(w) === w ? '' : wordOf(w) }));
    case 'flag':
      return [{ insert: 'true', label: 'true', note: t().yes }, { insert: 'false', label: 'false', note: t().no }];
    case 'moment':
      return ['now', 'now + 4 working hours', 'now + 1 working days', 'now - 1 days', cityDate(cityNow.peek())].map((v) => ({ insert: v, label: v, note: v === 'now' ? t().now : '' }));
    case 'id':
      return [...(a.kinds?.includes('commune') ? communes.value : []), ...(a.kinds?.includes('department') ? departments.value : [])];
    default:
      return a.name === 'service' ? services.value : [];
  }
}
