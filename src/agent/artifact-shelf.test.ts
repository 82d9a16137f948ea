import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Failure } from '../domain/failure.ts';
import { systemDisk } from '../disk/system-disk.ts';
import { digestOf } from '../domain/canonical.ts';
import { systemClock } from '../engine/clock.ts';
import { descriptorFile } from '../protocol/descriptor.ts';
import { ArtifactShelf } from './artifact-shelf.ts';

const artifact = digestOf('an artifact');
const missing = new Failure('absent', 'artifact-missing', 'It is not in the store.');

async function shelf(failingTimes: number, failure = missing) {
  const folder = await mkdtemp(join(tmpdir(), 'rung-shelf-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let tries = 0;
  const changes = new EventTarget();
  const changed = (): Promise<unknown> =>
    new Promise((resolve) => changes.addEventListener('changed', resolve, { once: true }));
  const shelved = new ArtifactShelf({
    disk: systemDisk,
    folder,
    clock: systemClock,
    fetch: async () => {
      throw new Error('nothing is fetched here');
    },
    unpack: async (_, place) => {
      tries += 1;
      if (tries <= failingTimes) throw failure;
      await mkdir(dirname(join(place, descriptorFile)), { recursive: true });
      await writeFile(join(place, descriptorFile), '{}');
    },
    onChange: () => void changes.dispatchEvent(new Event('changed')),
  });
  return { shelved, changed, tries: () => tries };
}

it('asks anew for what could not be had when a new rollout wants it, and not before its time otherwise', async () => {
  const { shelved, changed, tries } = await shelf(1);
  const first = changed();
  expect(shelved.find(artifact)).toBeNull();
  await first;
  expect(shelved.failure(artifact)).toBe(missing);
  expect(shelved.find(artifact)).toBeNull();
  expect(tries()).toBe(1);
  const second = changed();
  shelved.tryAgain(artifact);
  expect(shelved.failure(artifact)).toBeNull();
  await second;
  expect(shelved.find(artifact)).not.toBeNull();
  expect(tries()).toBe(2);
});

it('leaves alone what is there and what is being got', async () => {
  const { shelved, changed, tries } = await shelf(0);
  const first = changed();
  shelved.find(artifact);
  shelved.tryAgain(artifact);
  await first;
  shelved.tryAgain(artifact);
  expect(tries()).toBe(1);
});

it('holds what was altered on the way against the way, and not against the release', async () => {
  const altered = new Failure('invalid', 'artifact-digest-mismatch', 'The bytes are not those.');
  const { shelved, changed } = await shelf(1, altered);
  const first = changed();
  shelved.find(artifact);
  await first;
  expect(shelved.failure(artifact)).toMatchObject({ code: 'artifact-altered', kind: 'unavailable' });
});
