import { useEffect, useRef } from 'react';
import { preferences } from '../../shell/preferences.ts';
import type { DrawnCurve } from './draw-curve.ts';

/** Two lines over the same moments; null is a gap, never zero. */
export interface CurveData {
  readonly at: readonly number[];
  readonly candidate: readonly (number | null)[];
  readonly stable: readonly (number | null)[];
}

interface CurveProps {
  readonly data: CurveData;
  readonly limit: number | null;
  readonly limitTone: 'bad' | 'warn';
  /** The axis ends no lower than here, however low the lines are. */
  readonly least: number;
  readonly label: string;
  readonly text: (value: number | null) => string;
  /** Index of the moment under the pointer; null when there is none. */
  readonly onPoint: (index: number | null) => void;
}

/** The place of a curve has its height from the start, so that nothing moves when the drawing comes. */
export function Curve({ data, limit, limitTone, least, label, text, onPoint }: CurveProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnCurve | null>(null);
  const latest = useRef({ data, limit });
  useEffect(() => {
    latest.current = { data, limit };
    drawn.current?.show(data, limit);
  }, [data, limit]);
  useEffect(() => {
    let gone = false;
    const draw = async (): Promise<void> => {
      const { drawCurve } = await import('./draw-curve.ts');
      if (gone || place.current === null) return;
      drawn.current = drawCurve(place.current, { limitTone, least, text, onPoint });
      drawn.current.show(latest.current.data, latest.current.limit);
    };
    void draw();
    const recolour = (): void => drawn.current?.recolour();
    const stopWatching = preferences.watch(recolour);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', recolour);
    return () => {
      gone = true;
      stopWatching();
      dark.removeEventListener('change', recolour);
      drawn.current?.[Symbol.dispose]();
      drawn.current = null;
    };
  }, [limitTone, least, text, onPoint]);
  return <div ref={place} className="curve" role="img" aria-label={label} />;
}
