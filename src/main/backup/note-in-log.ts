import type { Actor } from '../../domain/actor.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { silentLog } from '../../domain/log.ts';
import { systemClock } from '../../engine/clock.ts';
import { restoreActs } from '../../lifecycle/control-plane.ts';
import { type AfterRestore, type LostHead, noteRestored } from '../../lifecycle/operate/restored.ts';
import { openPostgres } from '../../store/postgres/store.ts';
import type { BackupManifest } from './format.ts';

/** Brings a restored database up to date, and says in each project's log that it was restored. */
export async function noteInLog(
  url: string,
  { takenAt, chains }: BackupManifest,
  lost: readonly LostHead[],
  by: Actor,
): Promise<AfterRestore> {
  const { store } = await openPostgres({ url, clock: systemClock, log: silentLog });
  try {
    const all: AfterRestore[] = [];
    for (const { project, position } of chains) {
      const restoration = { by, takenAt, position, lost };
      all.push(await noteRestored(store, restoreActs, project as ProjectId, restoration, systemClock.now()));
    }
    return {
      held: all.reduce((sum, { held }) => sum + held, 0),
      withdrawn: all.reduce((sum, { withdrawn }) => sum + withdrawn, 0),
    };
  } finally {
    await store.close();
  }
}
