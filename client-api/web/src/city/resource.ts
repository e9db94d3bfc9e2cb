// Something that a page reads: what is known of it, whether it is being read, and what went wrong.
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Resource<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  /** Reads again; what is known stays meanwhile. */
  readonly reload: () => void;
}

/** Reads when `name` changes, and every `everyMs` if given. A failed reading keeps what is known and tells the error. */
export function useResource<T>(name: string, read: (signal: AbortSignal) => Promise<T>, everyMs = 0): Resource<T> {
  const [state, setState] = useState<{ name: string; value: T | undefined; error: unknown; isLoading: boolean }>({ name, value: undefined, error: undefined, isLoading: true });
  const [turn, setTurn] = useState(0);
  const reader = useRef(read);
  reader.current = read;
  useEffect(() => {
    const abort = new AbortController();
    setState((s) => (s.name === name ? { ...s, isLoading: true } : { name, value: undefined, error: undefined, isLoading: true }));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (change: (s: typeof state) => typeof state) => {
      if (!abort.signal.aborted) {
        setState(change);
        timer = everyMs > 0 ? setTimeout(() => setTurn((t) => t + 1), everyMs) : undefined;
      }
    };
    reader.current(abort.signal).then(
      (value) => settle(() => ({ name, value, error: undefined, isLoading: false })),
      (error: unknown) => settle((s) => ({ ...s, error, isLoading: false })),
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [name, turn, everyMs]);
  const isThis = state.name === name;
  return { value: isThis ? state.value : undefined, error: isThis ? state.error : undefined, isLoading: !isThis || state.isLoading, reload: () => setTurn((t) => t + 1) };
}
