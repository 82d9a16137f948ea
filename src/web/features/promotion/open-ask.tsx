import { Link } from '@tanstack/react-router';
import { ActorName } from '../../components/person.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { isAskOfMerge } from './merge-ask.ts';
import { promotionWords } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

/** That something is asked for already: by whom, how it stands, and the way there. */
export function OpenAsk({ id }: { readonly id: string }) {
  const { project } = useProject();
  const { promotion } = usePromotion(id);
  if (promotion === undefined) return null;
  return (
    <p className="tinted">
      {isAskOfMerge(promotion.admission.blockers) ? (
        <>
          A merge asked for it <Relative at={promotion.requestedAt} />, and a person says when. Promote it,
          and it is your ask, with the approvals that it has.
        </>
      ) : (
        <>
          <ActorName actor={promotion.requestedBy} /> asked for it <Relative at={promotion.requestedAt} />; it{' '}
          {promotion.state.phase === 'waiting'
            ? 'waits'
            : `is ${promotionWords(promotion).text.toLowerCase()}`}
          .
        </>
      )}{' '}
      <Link
        className="link"
        to="/projects/$project/promotions/$promotion"
        params={{ project, promotion: promotion.id }}
      >
        See what is asked for
      </Link>
    </p>
  );
}
