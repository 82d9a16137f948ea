import { matchesBranch } from '../../domain/branch.ts';
import type { Environment } from '../../domain/environment.ts';
import type { ProjectId, ReleaseId } from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import type { Reader } from '../../engine/store.ts';
import { environmentIfThere, everyOne, rulesFor, waitingInto } from '../lookup.ts';
import { type AutomaticAsk, automationAsks, type AutomationFacts } from './automation.ts';

/**
 * What automation has to ask for now; null: nothing. It asks once for a release and an environment and never again, so that
 * what was taken back is not tried a second time. By hand means by hand: a merge takes nothing out of the way that somebody
 * asked for.
 */
export async function dueAsk(tx: Reader, target: Environment): Promise<AutomaticAsk | null> {
  const [facts, givesWay] = await Promise.all([
    automationFacts(tx, target),
    target.spec.deploy === 'manual' && isAskedByPerson(tx, target),
  ]);
  const ask = givesWay ? null : automationAsks(facts);
  return ask === null || (await wasAsked(tx, target, ask.release)) ? null : ask;
}

async function isAskedByPerson(tx: Reader, environment: Environment): Promise<boolean> {
  const waiting = await waitingInto(tx, environment.project, environment.id);
  return waiting.some(({ value }) => value.requestedBy.kind !== 'automation');
}

async function wasAsked(tx: Reader, target: Environment, release: ReleaseId): Promise<boolean> {
  const filter = { environment: target.id, name: release };
  return (await tx.list(target.project, 'promotion', filter, { limit: 1 })).items.length > 0;
}

async function automationFacts(tx: Reader, target: Environment): Promise<AutomationFacts> {
  const { project, spec } = target;
  const previous = rungOf(await rulesFor(tx, target), target.name)?.before.at(-1);
  const [source, merged] = await Promise.all([
    previous === undefined ? null : environmentIfThere(tx, project, previous.environment),
    spec.source === undefined ? [] : mergedInto(tx, project, spec.source),
  ]);
  return { target, source: source?.value ?? null, merged };
}

async function mergedInto(
  tx: Reader,
  project: ProjectId,
  source: string,
): Promise<AutomationFacts['merged']> {
  const all = await everyOne(tx, project, 'branch');
  const followed = all.map(({ value }) => value).filter(({ id }) => matchesBranch(source, id));
  return Promise.all(
    followed.map(async (branch) => {
      const releases = await tx.list(project, 'release', { tree: branch.tree }, { limit: 1 });
      return { branch, release: releases.items[0]?.value ?? null };
    }),
  );
}
