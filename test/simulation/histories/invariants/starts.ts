import type { NewEvent } from '../../../../src/domain/event.ts';
import type { EnvironmentName } from '../../../../src/domain/ids.ts';
import type { ProjectFile } from '../../../../src/domain/project-file/types.ts';
import type { Promotion } from '../../../../src/domain/promotion.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';

/** A promotion that starts with this commit, and the rules in force then. */
export interface Start {
  readonly event: NewEvent;
  readonly promotion: Promotion;
  readonly environment: EnvironmentName;
  readonly file: ProjectFile;
}

/** What is wrong with any of them. */
export const eachStart =
  (problem: (start: Start, commit: Commit, world: World) => string | null) =>
  (commit: Commit, world: World): string | null => {
    for (const event of commit.events) {
      if (event.kind !== 'promotion.started') continue;
      const found = problem(startOf(event, world), commit, world);
      if (found !== null) return `${event.message}: ${found}`;
    }
    return null;
  };

function startOf(event: NewEvent, { ledger }: World): Start {
  const promotion = ledger.get('promotion', event.subject.slice('promotion/'.length));
  const environment = event.environment === null ? undefined : ledger.get('environment', event.environment);
  const rules = environment && ledger.get('rules', environment.rules.file);
  if (promotion === undefined || environment === undefined || rules === undefined)
    throw new Error(`the log says that ${event.subject} started, and there is nothing of it`);
  return { event, promotion, environment: environment.name, file: rules.file };
}
