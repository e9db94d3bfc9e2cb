// What values an attribute can have, in a few words.
import type { QueryAttribute } from '../../api/contract';
import { unitName } from '../../parts/query/attributes';

export function unitOrWords(a: QueryAttribute): string {
  if (a.words && a.words.length > 0) {
    return a.words.join(', ');
  }
  return a.kinds && a.kinds.length > 0 ? a.kinds.map((k) => `${k}/…`).join(', ') : a.unit ? `${unitName(a.type)}, ${unitName(a.unit)}` : unitName(a.type);
}
