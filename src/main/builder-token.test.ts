import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestOf } from '../domain/canonical.ts';
import { type ActorId, type Instant, later, type ProjectId } from '../domain/ids.ts';
import { silentLog } from '../domain/log.ts';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import type { ControlPlane } from '../lifecycle/face.ts';
import type { TokenView } from '../lifecycle/views.ts';
import { builderTokenFile, renewBuilderToken, writeBuilderToken } from './builder-token.ts';
import { dataFolder } from './data-folder.ts';

const dayMs = 24 * 3_600_000;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rung-builder-token-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A control plane that makes tokens, and knows those that it made. */
function maker(now: () => Instant) {
  const made: TokenView[] = [];
  const control: Pick<ControlPlane, 'tokens' | 'createToken'> = {
    tokens: async () => made,
    createToken: async (_project, { name, scopes, expiresInMs }) => {
      const secret = `rung_${made.length}`;
      const at = now();
      const token = { name, scopes, createdAt: at, expiresAt: later(at, expiresInMs), revokedAt: null };
      made.push({ id: digestOf(secret), ...token });
      return { token: { id: digestOf(secret), ...token }, secret };
    },
  };
  return { made, control };
}

it('is there for as long as the control plane is up, and made anew no more often than needed', async () => {
  const clock = createVirtualClock(someMoment);
  const { made, control } = maker(clock.now);
  const data = dataFolder(root);
  const parts = { control, data, project: 'project' as ProjectId, owner: 'ada@example.org' as ActorId };
  const write = () => writeBuilderToken(parts, clock.now());
  const kept = async () => digestOf(await readFile(builderTokenFile(data), 'utf8'));
  const lastsUntil = async () => {
    const digest = await kept();
    return made.find(({ id }) => id === digest)?.expiresAt ?? 0;
  };
  await write();
  await write();
  expect(made).toHaveLength(1);
  await clock.advance(59 * dayMs);
  await write();
  expect(made).toHaveLength(1);
  using _renewing = renewBuilderToken(parts, clock, silentLog);
  for (let day = 0; day < 200; day += 1) {
    await clock.advance(dayMs);
    // A file takes real time to be written.
    await expect.poll(lastsUntil).toBeGreaterThan(clock.now());
  }
  expect(made.length).toBeLessThan(7);
  const [last] = made.splice(-1);
  if (last === undefined) throw new Error('it was made');
  made.push({ ...last, revokedAt: clock.now() });
  const before = made.length;
  await write();
  expect(made).toHaveLength(before + 1);
});
