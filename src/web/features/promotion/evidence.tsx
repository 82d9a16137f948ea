import type { PromotionView } from '../../api/views.ts';
import { ActorName, Person, Roles } from '../../components/person.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { Relative, Since } from '../../time/moment.tsx';
import { useEnvironment } from '../environment/use-environment.ts';
import { useWayInto } from '../way/use-way.ts';

/** What speaks for the release: how it did in the environment before, and who has approved already. */
export function Evidence({ promotion }: { readonly promotion: PromotionView }) {
  return (
    <ul className="evidence">
      <FromSource promotion={promotion} />
      {promotion.approvals.map((approval) => (
        <li key={approval.by}>
          Approved by <Person id={approval.by} />
          {approval.standingInFor !== undefined && (
            <>
              , standing in for <Person id={approval.standingInFor} />
            </>
          )}{' '}
          (<Roles roles={approval.roles} />) <Relative at={approval.at} />
          {approval.comment !== '' && `: “${approval.comment}”`}
          {approval.void !== undefined && (
            <span className="warn-text">
              {' '}
              Does not count: <Sentence text={approval.void} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function FromSource({ promotion }: { readonly promotion: PromotionView }) {
  const way = useWayInto(promotion.environment);
  const source = useEnvironment(way?.from ?? null);
  const ran = source?.deployments.findLast((one) => one.release === promotion.release.id);
  if (source === undefined) return <li>It comes from no other environment.</li>;
  if (ran === undefined) return <li>It has not run in {source.name}.</li>;
  return (
    <>
      <li>
        Runs in <EnvironmentLink name={source.name} /> for <Since at={ran.since} fine />
        {ran.smoke === 'passed' && '; its smoke tests passed there'}.
      </li>
      {source.validation !== null && source.validation.release === promotion.release.id && (
        <li>
          Validated there by <ActorName actor={source.validation.by} /> <Relative at={source.validation.at} />
          {source.validation.note !== '' && `: “${source.validation.note}”`}
        </li>
      )}
    </>
  );
}
