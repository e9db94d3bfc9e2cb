// Lists for reading follow the board at a reading pace: at most once in a while, and at once when another moment is chosen.
import { effect, signal, type ReadonlySignal } from '@preact/signals';

export function slowly<T>(fast: ReadonlySignal<T>, everyMs: number, at: ReadonlySignal<unknown>): ReadonlySignal<T> {
  const slow = signal(fast.peek());
  let last = 0;
  let lastAt = at.peek();
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    void fast.value;
    const wait = at.value !== lastAt || slow.peek() === undefined ? 0 : Math.max(0, last + everyMs - performance.now());
    const take = () => {
      timer = undefined;
      last = performance.now();
      lastAt = at.peek();
      slow.value = fast.peek();
    };
    if (wait === 0) {
      clearTimeout(timer);
      take();
    } else {
      timer ??= setTimeout(take, wait);
    }
  });
  return slow;
}
