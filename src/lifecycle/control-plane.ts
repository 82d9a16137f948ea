import type { ActorId } from '../domain/ids.ts';
import type { Reconciler } from '../engine/reconcile.ts';

import { followFile } from './declare/follow-file.ts';
import { createRulesCommands } from './declare/rules-commands.ts';
import { createBuilds } from './deliver/builds.ts';
import { reconcileRollout } from './deliver/reconcile-rollout.ts';
import { createReleases } from './deliver/releases.ts';
import { createStopwatch } from './stopwatch.ts';
import { createRolloutCommands, giveWay, holdLive, takeBackLive } from './deliver/rollout-commands.ts';

import type { ControlPlane } from './face.ts';
import { createAgentKeys } from './operate/agent-keys.ts';
import { createAlarms } from './operate/alarms/post.ts';
import type { RestoreActs } from './operate/restored.ts';
import { createTokens } from './operate/tokens.ts';
import type { Parts } from './parts.ts';
import { reconcileChange } from './promote/changes/carry-out.ts';
import { createChangeCommands } from './promote/changes/commands.ts';
import { createPromotionCommands } from './promote/commands.ts';
import { createDelegations } from './promote/delegate.ts';
import { createExceptions } from './promote/exceptions.ts';
import { withdrawRestored } from './promote/people.ts';
import { reconcileEnvironment } from './promote/reconcile-environment.ts';
import { reconcileProject } from './promote/reconcile-project.ts';
import { reconcilePromotion } from './promote/reconcile-promotion.ts';
import { readBoard } from './read/board.ts';
import { createCalendar } from './read/calendar.ts';
import { promotionView } from './read/promotion-view.ts';
import { createQueries, showRollout } from './read/queries.ts';
import { createRecordings } from './read/recording.ts';
import { releaseView } from './read/release-view.ts';
import { rulesView } from './read/rules-view.ts';
import { createIntake } from './verify/evidence/intake.ts';
import { createEvidenceQueries } from './verify/evidence/look-up.ts';
import { createValidation } from './verify/validate.ts';

/** The control plane's whole face, put together from the chapters. */
export function createControlPlane(parts: Parts): ControlPlane {
  const { store, figures } = parts;
  const queries = createQueries(parts);
  return {
    ...queries,
    ...createRecordings(parts),
    ...createPromotionCommands(parts, {
      takeBack: takeBackLive,
      view: promotionView,
      why: queries.why,
    }),
    ...createExceptions(parts),
    ...createDelegations(parts),
    ...createCalendar(parts),
    ...createRolloutCommands(parts, showRollout),
    ...createReleases(parts, releaseView),
    ...createBuilds(parts, (tx, project, head, now) => followFile(tx, parts, project, head, now)),
    ...createChangeCommands(parts),
    ...createValidation(parts, queries.environment),
    ...createRulesCommands(parts, rulesView),
    ...createIntake(parts),
    ...createEvidenceQueries(parts),
    ...createAlarms(parts),
    ...createTokens(parts),
    ...createAgentKeys(parts),
    board: (project, caller, query = {}) => readBoard(parts, queries.eventView, project, caller, query),
    onNews: (project, call) => {
      const chained = store.onChained(project, () => call({ kind: 'events' }));
      const live = figures.onChanged((of, rollout) => {
        if (of === project) call({ kind: 'figures', rollout });
      });
      return {
        [Symbol.dispose]: () => {
          chained[Symbol.dispose]();
          live[Symbol.dispose]();
        },
      };
    },
    auditHeader: async (project) => {
      const { id, name } = await queries.project(project);
      return { project: id, name, publicKey: parts.publicKey, checkpoints: await store.checkpoints(project) };
    },
    sessionOpened: (project, person, actingAs) =>
      store.transaction((tx) =>
        tx.append([
          {
            project,
            kind: 'session.opened',
            at: parts.clock.now(),
            actor:
              actingAs === null || actingAs === person
                ? { kind: 'person', id: person }
                : { kind: 'person', id: actingAs, actingFrom: person },
            environment: null,
            subject: `person/${person}`,
            message: sessionText(person, actingAs),
            payload: {},
          },
        ]),
      ),
  };
}

/** What is done about what was under way when the backup was taken. */
export const restoreActs: RestoreActs = { holdLive, withdraw: withdrawRestored };

function sessionText(person: ActorId, actingAs: ActorId | null): string {
  if (actingAs === null) return `${person} signed in`;
  return actingAs === person ? `${person} acts as nobody else any more` : `${person} acts as ${actingAs}`;
}

/** The reconcilers of every kind of key. */
export function createReconcilers(parts: Parts): readonly Reconciler[] {
  const { newId } = parts;
  const stopwatch = createStopwatch(parts.clock);
  return [
    {
      kind: 'promotion',
      reconcile: (tx, project, id, now) => reconcilePromotion(tx, project, id, now, newId, giveWay),
    },
    {
      kind: 'environment',
      reconcile: (tx, project, id, now) => reconcileEnvironment(tx, project, id, now, newId),
    },
    { kind: 'project', reconcile: (tx, project, _id, now) => reconcileProject(tx, project, now) },
    { kind: 'change', reconcile: reconcileChange },
    {
      kind: 'rollout',
      reconcile: (tx, project, id, now) => reconcileRollout(tx, project, id, now, stopwatch),
    },
  ];
}
