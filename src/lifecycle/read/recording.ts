import type { ChainedEvent, EventKind } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { ProjectId, RolloutId } from '../../domain/ids.ts';
import type { RecordedTurn, Recording } from '../../domain/rollout/recording.ts';
import type { ControlPlane } from '../face.ts';
import type { Parts } from '../parts.ts';

const usualPage = 500;
const mostTurns = 1000;

/** A rollout changes its state in these, and in no other. */
const turning: readonly EventKind[] = [
  'rollout.phase',
  'rollout.held',
  'rollout.resumed',
  'rollout.taken-back',
  'promotion.succeeded',
  'promotion.rolled-back',
  'promotion.failed',
  'promotion.superseded',
];

/** What a rollout was judged by and what was decided, from its samples and its events. */
export const createRecordings = ({ store }: Parts): Pick<ControlPlane, 'recording'> => ({
  recording: async (project, id, { after = 0, limit = usualPage }) => {
    const turns = await turnsOf(store, project, id);
    return store.read(async (tx): Promise<Recording> => {
      const rollout = (await tx.get(project, 'rollout', id))?.value;
      if (rollout === undefined) throw unknown(id);
      const environment = await tx.get(project, 'environment', rollout.environment);
      const promotion = await tx.get(project, 'promotion', rollout.promotion);
      const samples = await tx.samplesAfter(project, id, after, limit);
      if (environment === undefined || promotion === undefined) throw unknown(id);
      return {
        id,
        environment: environment.value.name,
        version: promotion.value.version,
        services: rollout.services,
        policy: rollout.policy,
        startedAt: rollout.startedAt,
        turns,
        samples,
        next: samples.length < limit ? null : (samples.at(-1)?.number ?? null),
      };
    });
  },
});

async function turnsOf(
  store: Parts['store'],
  project: ProjectId,
  id: RolloutId,
): Promise<readonly RecordedTurn[]> {
  const filter = { subject: `rollout/${id}`, kinds: turning };
  return (await store.events(project, 0, mostTurns, filter)).map(turnOf);
}

/** The payload was written by this program, or by one before it that did not count samples yet. */
function turnOf({ at, actor, kind, payload }: ChainedEvent): RecordedTurn {
  if (payload === null)
    throw new Failure(
      'conflict',
      'recording-incomplete',
      'What the events of this rollout recorded has expired.',
      {
        wayOut: 'Choose a later one, or keep payloads longer: `audit` in rung.yaml.',
      },
    );
  const { sample, generation, phase, percent, reason } = payload as Partial<RecordedTurn>;
  if (sample === undefined || generation === undefined || phase === undefined || percent === undefined)
    throw new Failure('conflict', 'recording-incomplete', 'This rollout was not recorded sample by sample.', {
      wayOut: 'Rollouts that begin from now on are. Choose a later one.',
    });
  const isResumed = kind === 'rollout.resumed';
  return { at, by: actor, sample, generation, phase, percent, reason: reason ?? null, isResumed };
}

const unknown = (id: string): Failure =>
  new Failure('absent', 'rollout-unknown', `There is no rollout ${id}.`, {
    wayOut: 'See the log for which there were: rung log',
  });
