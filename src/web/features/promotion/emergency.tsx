import type { PromotionView } from '../../api/views.ts';
import { BlockerList } from '../../components/blocker-list.tsx';
import { ActorName } from '../../components/person.tsx';
import { Relative, Stamp } from '../../time/moment.tsx';

interface EmergencyProps {
  readonly promotion: PromotionView;
}

/** That it was an emergency, who confirmed it, and what it passed over: shown for ever. */
export function EmergencyFacts({ promotion }: EmergencyProps) {
  const { emergency } = promotion;
  if (emergency === undefined) return null;
  return (
    <>
      <dt>Emergency</dt>
      <dd>
        {emergency.confirmed === null ? (
          <>
            Needs a second person, until <Stamp at={emergency.expiresAt} />
          </>
        ) : (
          <>
            Confirmed by <ActorName actor={emergency.confirmed.by} />,{' '}
            <Relative at={emergency.confirmed.at} />
            {emergency.confirmed.comment !== '' && `: “${emergency.confirmed.comment}”`}
          </>
        )}
        <PassedOver promotion={promotion} />
      </dd>
    </>
  );
}

/** By name, everything that would have stood in the way of anything else. */
export function PassedOver({ promotion: { emergency, admission } }: EmergencyProps) {
  const passedOver = emergency?.passedOver ?? admission.passedOver ?? [];
  if (passedOver.length === 0) return null;
  return (
    <section>
      <h3>Passed over</h3>
      <BlockerList blockers={passedOver} />
    </section>
  );
}
