import type { Instant, ProjectId } from '../../../domain/ids.ts';
import type { Transaction } from '../../../engine/store.ts';
import { asPerson } from '../../callers.ts';
import type { Caller, ControlPlane } from '../../face.ts';
import { rulesFor } from '../../lookup.ts';
import type { Parts } from '../../parts.ts';
import type { ChangeRequestView } from '../../views.ts';
import { approveChange, noteOnChange, rejectChange } from './decide.ts';
import { listChanges, viewOfChange } from './look-up.ts';
import { type Around, changeNamed, needMember, targetOf } from './stored.ts';
import { createChange, editChange } from './write.ts';

type Commands = Pick<
  ControlPlane,
  | 'createChangeRequest'
  | 'editChangeRequest'
  | 'approveChangeRequest'
  | 'rejectChangeRequest'
  | 'noteOnChangeRequest'
  | 'changeRequest'
  | 'changeRequests'
>;

/** What people do about change requests (REL-7). */
export function createChangeCommands({ store, clock }: Parts): Commands {
  const change = (
    project: ProjectId,
    id: string,
    by: Caller,
    work: (tx: Transaction, around: Around, now: Instant) => Promise<void>,
  ): Promise<ChangeRequestView> =>
    store.transaction(async (tx) => {
      const stored = await changeNamed(tx, project, id);
      const target = await targetOf(tx, stored.value);
      const file = await rulesFor(tx, target);
      needMember(by, file);
      await work(tx, { stored, target, file }, clock.now());
      return viewOfChange(tx, (await changeNamed(tx, project, stored.value.id)).value);
    });
  return {
    createChangeRequest: async (project, ask, caller) => {
      return store.transaction(async (tx) => {
        const created = await createChange(tx, project, ask, caller, clock.now());
        return viewOfChange(tx, created);
      });
    },
    editChangeRequest: async (project, id, ask, caller) => {
      return change(project, id, caller, (tx, around, now) => editChange(tx, around, ask, caller.actor, now));
    },
    approveChangeRequest: async (project, id, ask, caller) => {
      const by = asPerson(caller, 'approve a change request');
      return change(project, id, caller, (tx, around, now) => approveChange(tx, around, ask, by, now));
    },
    rejectChangeRequest: async (project, id, { reason }, caller) => {
      const by = asPerson(caller, 'reject a change request');
      return change(project, id, caller, (tx, around, now) => rejectChange(tx, around, reason, by, now));
    },
    noteOnChangeRequest: async (project, id, { note }, caller) => {
      const by = asPerson(caller, 'add a note to a change request');
      return change(project, id, caller, (tx, around, now) => noteOnChange(tx, around, note, by, now));
    },
    changeRequest: (project, id) =>
      store.read(async (tx) => viewOfChange(tx, (await changeNamed(tx, project, id)).value)),
    changeRequests: (project, query) => store.read((tx) => listChanges(tx, project, query)),
  };
}
