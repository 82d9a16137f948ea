import type { EnvironmentView } from '../../api/views.ts';
import { ratioText, wholeText } from '../../components/figures.ts';
import { spanText } from '../../time/format.ts';

/** What was counted here in the last day, whether anything is rolled out or not: the gate of stability looks at it. */
export function TrafficPanel({ traffic }: Pick<EnvironmentView, 'traffic'>) {
  return (
    <section className="panel" aria-label="Traffic of the last 24 h">
      <h2>Traffic of the last 24 h</h2>
      {traffic === null ? (
        <p className="soft">Nothing was counted yet: the agent reads its gateway every few minutes.</p>
      ) : (
        <dl className="facts num">
          <dt>Requests</dt>
          <dd>{wholeText(traffic.requests)}</dd>
          <dt>Errors</dt>
          <dd>
            {wholeText(traffic.errors)}
            {traffic.errorRatio !== null && ` (${ratioText(traffic.errorRatio)})`}
          </dd>
          <dt>Observed for</dt>
          <dd>
            {spanText(traffic.observedMs)} <span className="soft">of 24 h</span>
          </dd>
        </dl>
      )}
    </section>
  );
}
