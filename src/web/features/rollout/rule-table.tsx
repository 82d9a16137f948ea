import type { Closeness, RolloutView } from '../../api/views.ts';
import { percentText } from '../../components/figures.ts';
import { rulesOf, ruleText } from './rules.ts';

interface RuleTableProps {
  readonly rollout: RolloutView;
  readonly service: string;
}

/** What decides, and how close each rule is: nobody has to guess what Rung does next. */
export function RuleTable({ rollout, service }: RuleTableProps) {
  const rules = rulesOf(rollout.closeness, service);
  if (rules.length === 0) return null;
  return (
    <table className="rules">
      <thead>
        <tr>
          <th>What decides</th>
          <th>How close</th>
          <th>
            <span className="sr-only">Share</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((one) => (
          <tr key={one.rule}>
            <td>{ruleText(one.rule, rollout.judging)}</td>
            <td className="num">{one.detail}</td>
            <td>
              <ShareBar share={one.share} rule={one.rule} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ShareBar({ share, rule }: Pick<Closeness, 'share' | 'rule'>) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const tone = rule === 'advance' ? 'go' : toneOf(percent, rule === 'latency' ? 'warn' : 'bad');
  return (
    <span
      className={`share ${tone}`}
      role="img"
      aria-label={percentText(percent)}
      title={percentText(percent)}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}

/** A rule that only asks a person is never as bad as one that takes a release back. */
const toneOf = (percent: number, worst: 'warn' | 'bad'): string =>
  percent >= 80 ? worst : percent >= 50 ? 'warn' : '';
