import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'preact/hooks';
import { colour, isDark } from '../app/theme';
import { decimal } from '../i18n/format';
import { language } from '../i18n/language';
import { Loading } from '../parts/states';
import './chart.css';

/** Colours of the theme in force, for the lines and bars of a chart. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly surface: string;
  readonly series: readonly string[];
  readonly bad: string;
}

/** A chart. `describe` tells what it shows to who cannot see it; the numbers themselves belong into a table beside it or into words. */
export function Chart({ options, describe, height = 240 }: { options: (palette: Palette) => EChartsCoreOption; describe: string; height?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  const [isReady, setReady] = useState(false);
  const dark = isDark.value;
  const spoken = language.value;
  useEffect(() => {
    let isWanted = true;
    let observer: ResizeObserver | undefined;
    void import('./engine').then(({ init }) => {
      if (isWanted) {
        chart.current = init(box.current!, null, { renderer: 'canvas' });
        observer = new ResizeObserver(() => chart.current?.resize());
        observer.observe(box.current!);
        setReady(true);
      }
    });
    return () => {
      isWanted = false;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ ...frame(palette()), ...options(palette()) }, { notMerge: true, lazyUpdate: true });
  }, [isReady, options, dark, spoken]);
  return (
    <div class="chart" style={{ height: `${height}px` }} role="img" aria-label={describe}>
      <div ref={box} class="chart-box" />
      {!isReady && <Loading lines={3} />}
    </div>
  );
}

function palette(): Palette {
  return {
    ink: colour('ink'), soft: colour('ink-soft'), line: colour('line'), surface: colour('surface'), bad: colour('bad'),
    series: [1, 2, 3, 4, 5].map((i) => colour(`chart-${i}`)),
  };
}

function frame(p: Palette): EChartsCoreOption {
  return {
    animation: false,
    color: [...p.series],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: p.soft },
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 } },
  };
}

/** An axis of time or of values in the manner of the pages. */
export function axis(p: Palette, more: Record<string, unknown>): Record<string, unknown> {
  const label = { color: p.soft, hideOverlap: true, fontSize: 12, alignMaxLabel: 'right', ...(more['type'] === 'value' && { formatter: (v: number) => decimal(v, Number.isInteger(v) ? 0 : 1) }), ...(more['axisLabel'] as object | undefined) };
  return { axisLine: { lineStyle: { color: p.line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: p.line } }, ...more, axisLabel: label };
}
