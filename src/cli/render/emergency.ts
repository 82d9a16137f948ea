import { actorName } from '../../domain/actor.ts';
import type { Emergency } from '../../domain/emergency.ts';
import type { PromotionView } from '../rung-client.ts';
import type { Look } from './look.ts';
import { ago, fromNow } from './time.ts';
import { wrap } from './width.ts';

/** Who confirmed an emergency, and by name all that it passes over. Nothing for what goes the ordinary way. */
export function emergencySections(
  { emergency, requestedBy, admission }: PromotionView,
  look: Look,
): readonly string[] {
  if (emergency === undefined) return [];
  const passedOver = emergency.passedOver ?? admission.passedOver ?? [];
  return [
    '',
    look.style.bad('Emergency'),
    `  ${look.style.good('✓')} asked by ${actorName(requestedBy)}`,
    confirmation(emergency, look),
    '',
    passedOver.length === 0 ? 'It passes nothing over' : 'Passed over',
    ...passedOver.flatMap(({ kind, gate, reason }) =>
      wrap(`${gate ?? kind}: ${reason}`, look.width - 6).map((line, index) =>
        index === 0 ? `  ${look.style.warning('!')} ${line}` : `    ${line}`,
      ),
    ),
  ];
}

function confirmation({ confirmed, expiresAt }: Emergency, look: Look): string {
  if (confirmed === null)
    return `  ${look.style.warning('◷')} needs a second person; expires ${fromNow(expiresAt, look)}`;
  const comment = confirmed.comment === '' ? '' : `: ${confirmed.comment}`;
  return `  ${look.style.good('✓')} confirmed by ${actorName(confirmed.by)} as ${confirmed.roles.join(', ')}, ${ago(confirmed.at, look)}${comment}`;
}
