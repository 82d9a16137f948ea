import { type ReactNode, useMemo, useState } from 'react';
import type { RolloutView } from '../../api/views.ts';
import { latencyText, ratioText } from '../../components/figures.ts';
import { ClockTime } from '../../time/moment.tsx';
import { Curve, type CurveData } from './curve.tsx';
import { curveData } from './curve-data.ts';
import { latencyLimitMs } from './rules.ts';

interface RolloutCurvesProps {
  readonly rollout: RolloutView;
  readonly service: RolloutView['services'][number];
}

/** Error ratio and p95 of both versions, with the line at which something happens. */
export function RolloutCurves({ rollout, service }: RolloutCurvesProps) {
  const name = service.service;
  const { curve } = rollout;
  const errors = useMemo(
    () => curveData(curve, name, 'candidateErrorRatio', 'stableErrorRatio'),
    [curve, name],
  );
  const latency = useMemo(() => curveData(curve, name, 'candidateP95Ms', 'stableP95Ms'), [curve, name]);
  const slowMs = latencyLimitMs(rollout, name);
  return (
    <div className="curves">
      <CurveFigure
        title="Error ratio"
        versions={service}
        data={errors}
        limit={rollout.errorLimit}
        limitWords={rollout.errorLimit === null ? null : `limit ${ratioText(rollout.errorLimit)}`}
        limitTone="bad"
        least={0.01}
        text={ratioText}
      />
      <CurveFigure
        title="p95 latency"
        versions={service}
        data={latency}
        limit={slowMs}
        limitWords={slowMs === null ? null : `asks a person at ${latencyText(slowMs)}`}
        limitTone="warn"
        least={20}
        text={latencyText}
      />
    </div>
  );
}

interface CurveFigureProps {
  readonly title: string;
  readonly versions: { readonly from: string | null; readonly to: string };
  readonly data: CurveData;
  readonly limit: number | null;
  readonly limitWords: string | null;
  readonly limitTone: 'bad' | 'warn';
  readonly least: number;
  readonly text: (value: number | null | undefined) => string;
}

function CurveFigure({ title, versions, data, limit, limitWords, limitTone, least, text }: CurveFigureProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const index = pointed ?? data.at.length - 1;
  const at = pointed === null ? undefined : data.at[pointed];
  const now = text(data.candidate[index]);
  const then = text(data.stable[index]);
  const from = versions.from ?? 'before';
  const label = `${title}: ${versions.to} ${now}, ${from} ${then}${limitWords === null ? '' : `, ${limitWords}`}`;
  return (
    <figure className="curve-figure">
      <figcaption>
        <span>
          {title}
          {at !== undefined && (
            <span className="soft">
              {' '}
              at <ClockTime at={at} />
            </span>
          )}
        </span>
        <span className="num curve-now">
          <Swatch kind="candidate">
            {versions.to} <b>{now}</b>
          </Swatch>
          <Swatch kind="stable">
            {from} {then}
          </Swatch>
        </span>
      </figcaption>
      <Curve
        data={data}
        limit={limit}
        limitTone={limitTone}
        least={least}
        label={label}
        text={text}
        onPoint={setPointed}
      />
      <span className={`curve-limit num ${limitTone}-text`}>{limitWords ?? '\u00a0'}</span>
    </figure>
  );
}

const Swatch = ({
  kind,
  children,
}: {
  readonly kind: 'candidate' | 'stable';
  readonly children: ReactNode;
}) => (
  <span className={`swatch ${kind}`}>
    <i aria-hidden="true" />
    {children}
  </span>
);
