// The communes' shapes for a box on the page, made again when the box or the communes change.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OfficeProfile } from '../api/contract';
import { bordersReading } from './borders';
import type { Shapes } from './geometry';

// A city's own borders are those of the city that is served; any other is drawn around its centres.
const noBorders = { type: 'FeatureCollection' as const, features: [] };

/** `profiles` must stay the same list as long as nothing in it changes: another list is drawn anew. */
export function useShapes(box: RefObject<HTMLDivElement | null>, profiles: readonly OfficeProfile[], isServed = true): { shapes: Shapes | undefined; size: readonly [number, number] | undefined } {
  const [size, setSize] = useState<readonly [number, number]>();
  const [shapes, setShapes] = useState<Shapes>();
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize((s) => (s && Math.abs(s[0] - width) < 1 && Math.abs(s[1] - height) < 1 ? s : [width, height]));
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!size || profiles.length === 0 || size[0] < 50) {
      return undefined;
    }
    let isWanted = true;
    void Promise.all([import('./geometry'), isServed ? bordersReading() : noBorders]).then(([geometry, borders]) => {
      if (isWanted) {
        setShapes(geometry.shapesOf(profiles, borders, size[0], size[1]));
      }
    });
    return () => {
      isWanted = false;
    };
  }, [profiles, size, isServed]);
  return { shapes, size };
}
