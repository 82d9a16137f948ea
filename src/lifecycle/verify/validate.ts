import { currentDeployment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import { rolesOf } from '../../domain/roles.ts';
import { nextRungs } from '../../domain/pipeline.ts';
import { asPerson, noRole } from '../callers.ts';
import type { ControlPlane } from '../face.ts';
import type { Parts } from '../parts.ts';
import { environmentNamed, releaseNamed, rulesFor } from '../lookup.ts';

/** OPS-4: an operator looked at an environment and says that the release in it is good. Void as soon as another runs. */
export function createValidation(
  { store, clock }: Parts,
  view: ControlPlane['environment'],
): Pick<ControlPlane, 'validate'> {
  return {
    validate: async (project, name, ask, caller) => {
      const by = asPerson(caller, 'validate an environment');
      await store.transaction(async (tx) => {
        const stored = await environmentNamed(tx, project, name);
        const environment = stored.value;
        const file = await rulesFor(tx, environment);
        if (rolesOf(file, by.id).length === 0) throw noRole(by.id);
        const running = currentDeployment(environment);
        const release =
          ask.release === undefined
            ? running?.release
            : (await releaseNamed(tx, project, ask.release)).value.id;
        if (running === null || release !== running.release)
          throw new Failure(
            'conflict',
            'validation-of-nothing',
            `${name} does not run ${ask.release ?? 'one release as a whole'}.`,
            {
              wayOut: 'Validate what runs there now: see rung status.',
            },
          );
        const now = clock.now();
        const validation = { release: running.release, by, at: now, note: ask.note ?? '' };
        await tx.put(project, 'environment', environment.id, { ...environment, validation }, stored.version);
        await tx.append([
          {
            project,
            kind: 'environment.validated',
            at: now,
            actor: by,
            environment: environment.id,
            subject: `environment/${environment.id}`,
            message: `${by.id} validated ${running.version} in ${name}${validation.note === '' ? '' : `: ${validation.note}`}`,
            payload: {
              release: running.release,
              note: validation.note,
              next: nextRungs(file, environment.name),
            },
          },
        ]);
        await tx.wake([{ key: `environment/${environment.id}`, project, at: now }]);
      });
      return view(project, name);
    },
  };
}
