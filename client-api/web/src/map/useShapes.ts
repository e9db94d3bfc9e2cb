// The communes' shapes for a box on the page, made again when the box or the communes change.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { heads } from '../city/board';
import { bordersReading } from './borders';
import type { Shapes } from './geometry';

export function useShapes(box: RefObject<HTMLDivElement | null>): { shapes: Shapes | undefined; size: readonly [number, number] | undefined } {
  const [size, setSize] = useState<readonly [number, number]>();
  const [shapes, setShapes] = useState<Shapes>();
  const known = heads.value;
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize((s) => (s && Math.abs(s[0] - width) < 1 && Math.abs(s[1] - height) < 1 ? s : [width, height]));
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!size || known.length === 0 || size[0] < 50) {
      return undefined;
    }
    let isWanted = true;
    void Promise.all([import('./geometry'), bordersReading()]).then(([geometry, borders]) => {
      if (isWanted) {
        const communes = known.filter((o) => o.profile.kind !== 'department' && (!o.successor || o.successor === 'none'));
        setShapes(geometry.shapesOf(communes.map((o) => o.profile), borders, size[0], size[1]));
      }
    });
    return () => {
      isWanted = false;
    };
  }, [known, size]);
  return { shapes, size };
}
