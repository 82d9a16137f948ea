import { Link } from '@tanstack/react-router';
import { useProject } from '../../shell/project-context.ts';
import { promotionTitle, promotionWords } from '../promotion/promotion-state.ts';
import { isLive, phaseWords } from '../rollout/phase.ts';
import { StateMark } from '../../components/state-mark.tsx';

/** What moves and what waits, on whatever page of the board: a line for each, and the way there. */
export function UnderWayPanel() {
  const { board, project } = useProject();
  const live = board.rollouts.filter((one) => isLive(one.state));
  const moving = new Set(live.map(({ promotion }) => promotion));
  const waiting = board.promotions.filter((one) => !board.asked.includes(one.id) && !moving.has(one.id));
  if (live.length + waiting.length === 0) return null;
  return (
    <section className="panel under-way" aria-label="Under way anywhere">
      <h2>Under way, on all pages</h2>
      <ul>
        {live.map((one) => (
          <li key={one.id}>
            <Link to="/projects/$project/rollouts/$rollout" params={{ project, rollout: one.id }}>
              {one.version} into {one.environment}
            </Link>{' '}
            <StateMark tone={phaseWords(one).tone}>{phaseWords(one).text}</StateMark>
          </li>
        ))}
        {waiting.map((one) => (
          <li key={one.id}>
            <Link to="/projects/$project/promotions/$promotion" params={{ project, promotion: one.id }}>
              {promotionTitle(one)}
            </Link>{' '}
            <StateMark tone={promotionWords(one).tone}>{promotionWords(one).text}</StateMark>
          </li>
        ))}
      </ul>
    </section>
  );
}
