import { ask, nameOf, somebody, someWaiting } from '../people/asking.ts';
import { delegate, revokeDelegation } from '../people/away.ts';
import { makeException, revokeException } from '../people/exceptions.ts';
import {
  answerQuestion,
  approveChange,
  askGateAgain,
  changeMonitoring,
  editChange,
  onChange,
  postAlarm,
  review,
  waive,
  writeChange,
} from '../people/gates.ts';
import type { Extra, Shape } from '../people/project.ts';
import type { KindOfStep } from './step.ts';

const asksFor =
  (extra: Extra) =>
  ({ extras }: Shape): boolean =>
    extras.includes(extra);

/** What opens gates, and who may. */
export const gateSteps: readonly KindOfStep[] = [
  { name: 'review a release', weight: 1, fits: asksFor('review'), run: review },
  { name: 'waive a gate', weight: 2, run: waive },
  { name: 'post an alarm', weight: 1, run: postAlarm },
  { name: 'monitoring changes', weight: 3, fits: asksFor('watched alarms'), run: changeMonitoring },
  { name: 'a program answers', weight: 3, fits: asksFor('webhook'), run: answerQuestion },
  { name: 'ask a program again', weight: 1.5, fits: asksFor('webhook'), run: askGateAgain },
  { name: 'write a change request', weight: 1, fits: asksFor('change request'), run: writeChange },
  { name: 'approve a change request', weight: 1.5, fits: asksFor('change request'), run: approveChange },
  { name: 'edit a change request', weight: 1, fits: asksFor('change request'), run: editChange },
  {
    name: 'reject a change request',
    weight: 0.2,
    fits: asksFor('change request'),
    run: onChange('rejects', ({ control, project }, { id }, who) =>
      control.rejectChangeRequest(project, id, { reason: 'no' }, who),
    ),
  },
  {
    name: 'note on a change request',
    weight: 0.2,
    fits: asksFor('change request'),
    run: onChange('notes something on', ({ control, project }, { id }, who) =>
      control.noteOnChangeRequest(project, id, { note: 'seen' }, who),
    ),
  },
  { name: 'make an exception', weight: 2, fits: asksFor('windows'), run: makeException },
  { name: 'revoke an exception', weight: 1.5, fits: asksFor('windows'), run: revokeException },
  { name: 'let somebody stand in', weight: 0.6, run: delegate },
  { name: 'be back', weight: 0.6, run: revokeDelegation },
  {
    name: 'ask for approval again',
    weight: 0.5,
    run: (world, chance) => {
      const promotion = someWaiting(world, chance);
      if (promotion === undefined) return;
      const who = somebody(chance);
      ask(world, chance, `${nameOf(who)} asks again for ${promotion.version}`, ({ control, project }) =>
        control.remind(project, promotion.id, who),
      );
    },
  },
];
