import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import type { MadeException } from '../../domain/calendar/exception.ts';
import { asPerson } from '../callers.ts';
import type { ControlPlane } from '../face.ts';
import { environmentNamed } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { makeException, revokeException } from './except.ts';

/** People open an environment for a while, and take that back. */
export function createExceptions({
  store,
  clock,
  newId,
}: Parts): Pick<ControlPlane, 'makeException' | 'revokeException'> {
  return {
    makeException: async (project, { environment, ...ask }, caller) => {
      const by = asPerson(caller, 'make an exception');
      return store.transaction(async (tx) => {
        const target = (await environmentNamed(tx, project, environment)).value;
        const wanted = { ...ask, id: newId() as ExceptionId, by };
        return viewOf(await makeException(tx, target, wanted, clock.now()));
      });
    },
    revokeException: async (project, id, { reason }, caller) => {
      const by = asPerson(caller, 'revoke an exception');
      return store.transaction(async (tx) =>
        viewOf(await revokeException(tx, project, id, { by, reason }, clock.now())),
      );
    },
  };
}

const viewOf = ({ id, from, to, by, reason }: MadeException) => ({ id, from, to, by, reason });
