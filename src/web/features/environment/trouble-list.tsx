import type { EnvironmentView } from '../../api/views.ts';
import { countText } from '../../components/names.ts';
import { Sentence } from '../../components/sentence.tsx';
import { StateMark } from '../../components/state-mark.tsx';

/** What the agent says is in the way, each with the way out (REL-14). */
export function TroubleList({ troubles }: Pick<EnvironmentView, 'troubles'>) {
  if (troubles.length === 0) return null;
  return (
    <section className="panel">
      <h2>{countText(troubles.length, 'trouble')}</h2>
      <ul className="blockers">
        {troubles.map((trouble) => (
          <li key={`${trouble.code} ${trouble.service ?? ''} ${trouble.message}`}>
            <StateMark tone="warn">
              <span className="sr-only">Trouble</span>
            </StateMark>
            <b>
              {trouble.service !== null && `${trouble.service}: `}
              {trouble.message}
            </b>
            <span className="mono soft">{trouble.code}</span>
            <small>
              <Sentence text={trouble.wayOut} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
