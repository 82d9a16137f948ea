import type { NoteLine, Plan } from '../../api/views.ts';
import { countText } from '../../components/names.ts';
import './promotion.css';

/** What would change: every service that does; the others are counted. */
export function PlanTable({ plan }: { readonly plan: Plan }) {
  const changing = plan.changes.filter((change) => change.action !== 'keep');
  const kept = plan.changes.length - changing.length;
  if (changing.length === 0) return <p className="soft">The plan changes nothing.</p>;
  return (
    <div className="plan">
      <table>
        <thead>
          <tr>
            <th>Service</th>
            <th>From</th>
            <th>To</th>
          </tr>
        </thead>
        <tbody>
          {changing.map((change) => (
            <tr key={change.service}>
              <td className="plan-service">{change.service}</td>
              <td className="num">{change.from?.version ?? <span className="soft">not there yet</span>}</td>
              {change.to === null ? (
                <td>
                  <b>removed</b> <span className="soft">once this is through</span>
                </td>
              ) : (
                <td className="num" title={change.to.artifact}>
                  <b>{change.to.version}</b>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <small className="soft">
        {kept > 0 && `${countText(kept, 'service')} stay as they are. `}
        Plan <span className="mono">{plan.hash.replace('sha256:', '').slice(0, 12)}</span>
      </small>
    </div>
  );
}

/** `2 changes: web 1.2.1 → 1.3.0, orders …` in a few words. */
export const planText = (plan: Plan): string =>
  `Plan: ${countText(plan.changes.filter((change) => change.action !== 'keep').length, 'change')}`;

const kinds: Record<NoteLine['kind'], string> = {
  breaking: 'Breaking',
  feature: 'New',
  fix: 'Mended',
  other: 'Other',
};

/** What changed, drafted from the commits. */
export function Notes({ notes }: { readonly notes: readonly NoteLine[] }) {
  if (notes.length === 0) return <p className="soft">No notes.</p>;
  return (
    <ul className="notes">
      {notes.map((note) => (
        <li key={`${note.commit} ${note.text}`}>
          <span className={`note-kind ${note.kind}`}>{kinds[note.kind]}</span>
          <span>{note.text}</span>
          <span className="mono soft">{note.commit.slice(0, 7)}</span>
        </li>
      ))}
    </ul>
  );
}
