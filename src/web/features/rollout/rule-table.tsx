import type { RolloutView } from '../../api/views.ts';
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
              <ShareBar share={one.share} good={one.rule === 'advance'} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ShareBar({ share, good }: { readonly share: number; readonly good: boolean }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const tone = good ? 'go' : percent >= 80 ? 'bad' : percent >= 50 ? 'warn' : '';
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
