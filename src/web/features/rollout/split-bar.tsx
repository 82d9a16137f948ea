import type { RolloutView } from '../../api/views.ts';
import { percentText, rateText } from '../../components/figures.ts';
import { isJudgeLost } from './phase.ts';

interface SplitBarProps {
  readonly rollout: RolloutView;
  readonly service: RolloutView['services'][number];
}

/** Who gets the requests now, as the gateway really splits them. */
export function SplitBar({ rollout, service }: SplitBarProps) {
  const isUnjudged = isJudgeLost(rollout);
  const percent = isUnjudged ? rollout.wantedPercent : (rollout.effectivePercent ?? rollout.wantedPercent);
  const figures = rollout.figures[service.service];
  const differs = rollout.effectivePercent !== null && rollout.effectivePercent !== rollout.wantedPercent;
  return (
    <div className="split-place">
      <div
        className="split num"
        role="img"
        aria-label={`${percentText(percent)} of the requests go to ${service.to}, the rest to ${service.from ?? 'nothing'}`}
      >
        <div className="split-stable" style={{ flexGrow: 100 - percent }} hidden={percent >= 100}>
          <b>{service.from ?? 'nothing ran before'}</b>
          <span className="soft clip">
            {percentText(100 - percent)}
            {figures !== undefined && ` · ${rateText(figures.stable.requestsPerSecond)}`}
          </span>
        </div>
        <div className="split-candidate" style={{ flexGrow: percent }} hidden={percent <= 0}>
          <b>{service.to}</b>
          <span className="clip">
            {percentText(percent)}
            {percent >= 50 && figures !== undefined && ` · ${rateText(figures.candidate.requestsPerSecond)}`}
          </span>
        </div>
      </div>
      {differs && (
        <small className="warn-text">
          {isUnjudged
            ? `The agent last told of ${percentText(rollout.effectivePercent ?? 0)}, before its lease ran out.`
            : `Asked for are ${percentText(rollout.wantedPercent)}; the gateway has ${percentText(percent)} now.`}
        </small>
      )}
    </div>
  );
}
