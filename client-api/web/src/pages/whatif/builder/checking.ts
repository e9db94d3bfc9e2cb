// What the city says of a scenario as it is written: nothing wrong, or every mistake with its place.
import { useEffect, useState } from 'preact/hooks';
import { post, Problem } from '../../../api/client';
import type { Draft, Mistake } from '../../../bench/draft';
import { reasonOf } from '../../../bench/mistakes';

const pauseMs = 350;

export interface Check {
  /** The text that was checked. */
  readonly text: string;
  readonly mistakes: readonly Mistake[];
  /** Variants that would be simulated, the base among them. */
  readonly variants: number;
  readonly days: number;
  readonly isUnchecked: boolean;
}

export function useCheck(draft: Draft): Check | undefined {
  const [check, setCheck] = useState<Check>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const settle = (found: Omit<Check, 'text'>) => isWanted && setCheck({ text: draft.text, ...found });
    const timer = setTimeout(() => {
      post('/whatif/validate', { scenario: draft.text }).then(
        (answer) => settle({ mistakes: [], variants: answer.variants.length, days: answer.days, isUnchecked: false }),
        (error: unknown) => {
          if (error instanceof Problem && error.kind === 'scenario-has-mistakes') {
            settle({ mistakes: error.errors.map((e) => ({ line: e.line ?? 1, column: e.column ?? 1, reason: () => reasonOf(e), isBroken: e.code === 'notYaml' })), variants: 0, days: 0, isUnchecked: false });
          } else if (error instanceof Problem && error.kind === 'invalid-request') {
            settle({ mistakes: [{ line: 1, column: 1, reason: () => error.errors[0]?.reason ?? error.message }], variants: 0, days: 0, isUnchecked: false });
          } else {
            // The city cannot be asked: what the text itself says is all that is known. Asked again by and by.
            settle({ mistakes: draft.broken, variants: 0, days: 0, isUnchecked: true });
            again = setTimeout(() => setTurn((n) => n + 1), 3000);
          }
        },
      );
    }, pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      clearTimeout(again);
    };
  }, [draft.text, turn]);
  return check;
}
