// What is typed so far on the intake page.
import type { CaseKind, Channel, Urgency } from '../../api/contract';

export interface Draft {
  readonly kind: CaseKind;
  readonly service: string;
  readonly commune: string;
  readonly channel: Channel;
  readonly urgency: Urgency | '';
  readonly citizen: string;
  readonly description: string;
  readonly place: string;
  readonly documents: readonly string[];
}

export const blank: Draft = { kind: 'feedback', service: '', commune: '', channel: 'hotline', urgency: '', citizen: '', description: '', place: '', documents: [] };
