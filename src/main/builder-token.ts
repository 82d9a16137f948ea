import { join } from 'node:path';
import { digestOf } from '../domain/canonical.ts';
import type { ActorId, Instant, ProjectId } from '../domain/ids.ts';
import type { Log } from '../domain/log.ts';
import type { Clock } from '../engine/clock.ts';
import type { Caller, ControlPlane } from '../lifecycle/face.ts';
import type { TokenView } from '../lifecycle/views.ts';
import type { DataFolder } from './data-folder.ts';
import { readOwn, writeOwn } from './files.ts';

const dayMs = 24 * 3_600_000;
const lifeMs = 90 * dayMs;
/** A control plane that stays up for months looks once a day, and may be away for some. */
const renewedBeforeMs = 30 * dayMs;

export interface BuilderTokenParts {
  readonly control: Pick<ControlPlane, 'tokens' | 'createToken'>;
  readonly data: DataFolder;
  readonly project: ProjectId;
  readonly owner: ActorId;
}

export const builderTokenFile = (data: DataFolder): string => join(data.builder, 'token');

/**
 * The builder's own token, which may build and nothing else. A new one when the old one is no longer taken, or will soon be over; that
 * one ends by itself, because a build may be in the middle of using it. It is made in the owner's name by the control plane itself,
 * whether or not the project file gives the owner a role.
 */
export async function writeBuilderToken(
  { control, data, project, owner }: BuilderTokenParts,
  now: Instant,
): Promise<void> {
  const by: Caller = { actor: { kind: 'person', id: owner }, scopes: 'all', person: null };
  const kept = await readOwn(builderTokenFile(data));
  const known = kept === null ? [] : await control.tokens(project, by);
  if (kept !== null && known.some((one) => one.id === digestOf(kept) && lastsFrom(one, now))) return;
  const ask = { name: 'laptop-builder', scopes: ['build', 'read'], expiresInMs: lifeMs } as const;
  const { secret } = await control.createToken(project, ask, by);
  await writeOwn(builderTokenFile(data), secret);
}

const lastsFrom = ({ expiresAt, revokedAt }: TokenView, now: Instant): boolean =>
  revokedAt === null && expiresAt - now > renewedBeforeMs;

/** Once a day, so that it never ends while the control plane is up. */
export const renewBuilderToken = (parts: BuilderTokenParts, clock: Clock, log: Log): Disposable =>
  clock.every(dayMs, () =>
    writeBuilderToken(parts, clock.now()).catch((thrown: unknown) =>
      log.warn({ error: String(thrown) }, 'The token of the builder is looked at again tomorrow'),
    ),
  );
