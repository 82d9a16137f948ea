import { afterPost, noAlarms } from '../../../domain/alarms/changes.ts';
import { alarmsView } from '../../../domain/alarms/shown.ts';
import { instant } from '../../../domain/ids.ts';
import { rolesOf } from '../../../domain/roles.ts';
import { noRole } from '../../callers.ts';
import type { AlarmFace } from '../../alarm-face.ts';
import { environmentNamed, rulesFor } from '../../lookup.ts';
import type { Parts } from '../../parts.ts';
import { keepChange } from './keep.ts';

/** Monitoring that Rung cannot ask says itself how it is; and everybody may see. */
export function createAlarms({ store, clock }: Parts): AlarmFace {
  return {
    postAlarm: (project, name, ask, caller) =>
      store.transaction(async (tx) => {
        const environment = (await environmentNamed(tx, project, name)).value;
        const { person } = caller;
        if (person !== null && rolesOf(await rulesFor(tx, environment), person).length === 0)
          throw noRole(person);
        const now = clock.now();
        const stored = await tx.get(project, 'alarm', environment.id);
        const { summary = '', url = null, since = now, ...rest } = ask;
        const posted = { ...rest, summary, url, since: instant(since), by: caller.actor };
        const change = afterPost(stored?.value ?? noAlarms(project, environment.id), posted, now);
        await keepChange(tx, environment, change, stored?.version ?? 0, { actor: caller.actor, now });
        return alarmsView(environment, change.record, now);
      }),
    alarms: (project, name) =>
      store.read(async (tx) => {
        const environment = (await environmentNamed(tx, project, name)).value;
        const stored = await tx.get(project, 'alarm', environment.id);
        return alarmsView(environment, stored?.value ?? null, clock.now());
      }),
  };
}
