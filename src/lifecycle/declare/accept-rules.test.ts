import { describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { digestOf } from '../../domain/canonical.ts';
import { anEmptyEnvironment } from '../../domain/environment.kit.ts';
import type { ActorId, EnvironmentName } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { aFile, aProjectWith, environmentNamed } from '../kept.kit.ts';
import { acceptRules } from './accept-rules.ts';

const by: Actor = { kind: 'person', id: 'bo@example.org' as ActorId };
const spec = { ...anEmptyEnvironment.spec, tier: 'staging', purpose: 'to look at it' } as const;
const file: ProjectFile = { ...aFile, environments: { ['sit' as EnvironmentName]: spec } };
const digest = digestOf('another file');

/** A file that names sit alone is accepted for it, beside prod. */
async function accepting(sit: 'new' | 'there') {
  const prod = environmentNamed('prod');
  const environment = environmentNamed('sit', { revision: sit === 'new' ? 0 : 7 });
  const world = await aProjectWith(sit === 'new' ? [prod] : [prod, environment]);
  const accepted = { file, digest, branch: 'develop' };
  await world.store.transaction(async (tx) => {
    const stored = await tx.get(world.project, 'environment', environment.id);
    const before = stored ?? { value: environment, version: 0 };
    await acceptRules(tx, before, accepted, by, world.clock.now());
  });
  return world;
}

describe('rules that an environment accepts (INF-7)', () => {
  it.each([
    ['new', 1],
    ['there', 8],
  ] as const)('are its own from then on, where it is %s, as a revision more', async (sit, revision) => {
    const { get, clock } = await accepting(sit);
    const rules = { file: digest, branch: 'develop', acceptedAt: clock.now(), acceptedBy: by };
    expect(await get('environment', 'sit')).toMatchObject({ spec, rules, revision });
    expect(await get('environment', 'prod')).toEqual(environmentNamed('prod'));
  });

  it.each([
    ['a new one is told of as declared', 'new', ['environment.declared']],
    [
      'one that was there accepts them, and its agent is asked for them',
      'there',
      ['rules.accepted', 'desired.changed'],
    ],
  ] as const)('%s (AUD-1)', async (_, sit, kinds) => {
    const { told, clock } = await accepting(sit);
    const events = await told();
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
    const [accepted, desired] = events;
    expect(accepted).toMatchObject({
      at: clock.now(),
      actor: by,
      environment: 'sit',
      subject: 'environment/sit',
      payload: { file: digest, branch: 'develop', spec },
    });
    expect(accepted?.message.includes('to look at it')).toBe(sit === 'new');
    if (desired !== undefined) expect(desired.payload).toMatchObject({ revision: 8 });
  });

  it('are noted with the project, with what they do not name, and wake it', async () => {
    const { get, project, takeWoken } = await accepting('there');
    expect((await get('project', project))?.inForce).toEqual({ file: digest, unnamed: ['prod'] });
    expect(takeWoken()).toEqual([`project/${project}`]);
  });
});
