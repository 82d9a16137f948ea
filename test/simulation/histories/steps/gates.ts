import { ask, nameOf, somebody, someWaiting } from '../people/asking.ts';
import {
  answerQuestion,
  approveChange,
  askGateAgain,
  changeMonitoring,
  delegate,
  editChange,
  makeException,
  onChange,
  postAlarm,
  review,
  revokeDelegation,
  revokeException,
  writeChange,
} from '../people/gates.ts';
import type { KindOfStep } from './step.ts';

/** What opens gates, and who may. */
export const gateSteps: readonly KindOfStep[] = [
  { name: 'review a release', weight: 0.7, run: review },
  { name: 'post an alarm', weight: 1, run: postAlarm },
  { name: 'monitoring changes', weight: 1.5, run: changeMonitoring },
  { name: 'a program answers', weight: 1.5, run: answerQuestion },
  { name: 'ask a program again', weight: 0.7, run: askGateAgain },
  { name: 'write a change request', weight: 0.7, run: writeChange },
  { name: 'approve a change request', weight: 1, run: approveChange },
  { name: 'edit a change request', weight: 0.7, run: editChange },
  {
    name: 'reject a change request',
    weight: 0.2,
    run: onChange('rejects', ({ control, project }, { id }, who) =>
      control.rejectChangeRequest(project, id, { reason: 'no' }, who),
    ),
  },
  {
    name: 'note on a change request',
    weight: 0.2,
    run: onChange('notes something on', ({ control, project }, { id }, who) =>
      control.noteOnChangeRequest(project, id, { note: 'seen' }, who),
    ),
  },
  { name: 'make an exception', weight: 0.5, run: makeException },
  { name: 'revoke an exception', weight: 0.5, run: revokeException },
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
