import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/domain/canonical.ts';
import type { ActorId } from '../../src/domain/ids.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import {
  approveBoth,
  climb,
  established,
  hourMs,
  inCanary,
  type Ladder,
  ladder,
  liveIn,
  minuteMs,
  runs,
} from './ladder.kit.ts';

const tokenNamed = (name: string): Caller => ({
  actor: { kind: 'token', id: name as ActorId, name },
  scopes: ['build'],
  person: null,
});
const ci = tokenNamed('ci');
const head = (ref: string, tree: string) => ({ ref, commit: `commit of ${tree}`, tree });

describe('releases', () => {
  it('get the version that follows from their commits, and notes (REL-5)', async () => {
    const plane = await ladder();
    const versions: string[] = [];
    for (const message of ['feat: begin', 'fix(web): a', 'feat: b', 'feat!: c', 'docs: d']) {
      await plane.clock.advance(1000);
      versions.push(await plane.release(message));
    }
    expect(versions).toEqual(['1.0.0', '1.0.1', '1.1.0', '2.0.0', '2.0.1']);
    const { notes } = await plane.control.release(plane.project, '1.0.1');
    expect(notes).toMatchObject([{ kind: 'fix', text: 'web: a' }]);
    const page = await plane.control.releases(plane.project, { limit: 2 });
    expect(page.items.map(({ version }) => version)).toEqual(['2.0.1', '2.0.0']);
  });

  it('never get the same version twice, though two builders finish at once (REL-5)', async () => {
    const plane = await ladder();
    const made = await Promise.all([
      plane.release('feat: a'),
      plane.release('feat: b'),
      plane.release('fix: c'),
    ]);
    expect(new Set(made).size).toBe(3);
  });

  it('are the same for the same content, however often they are posted and whatever commit they came from', async () => {
    const plane = await ladder();
    const version = await plane.release('feat: begin');
    const { id, tree, services } = await plane.control.release(plane.project, version);
    const again = { tree, commit: 'squashed', branch: 'main', services, commits: [] };
    expect(await plane.control.createRelease(plane.project, again, ci)).toMatchObject({ id, version });
    expect((await plane.control.releases(plane.project, {})).items).toHaveLength(1);
  });

  it('are one for a tree: other artifacts of it are refused, by name', async () => {
    const plane = await ladder();
    const version = await plane.release('feat: begin');
    const { tree, services } = await plane.control.release(plane.project, version);
    const artifact = digestOf('built otherwise');
    await plane.parts.objects.put(artifact, Readable.from([]));
    const ask = { tree, commit: 'again', branch: 'develop', commits: [] };
    const post = (more: object) =>
      plane.control.createRelease(plane.project, { ...ask, services: { ...services, ...more } }, ci);
    await expect(post({ web: { artifact } })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'tree-released',
      facts: { version, services: ['web'] },
    });
    await expect(post({ mail: { artifact } })).rejects.toMatchObject({ facts: { services: ['mail'] } });
    expect((await plane.control.releases(plane.project, {})).items).toHaveLength(1);
  });

  it('are not built again when a merge or a squash gives the same tree', async () => {
    const plane = await ladder();
    const { tree } = await plane.control.release(plane.project, await plane.release('feat: begin'));
    await plane.control.branchesMoved(plane.project, [head('develop', 'new tree')]);
    await plane.control.branchesMoved(plane.project, [head('develop', tree)]);
    const wanted = await plane.control.wantedBuilds(plane.project, 0, ci);
    expect(wanted.map((one) => one.tree)).toEqual(['new tree']);
  });

  it('are wanted again by the builder that was killed in the middle, and by no other for a while', async () => {
    const plane = await ladder();
    await plane.control.branchesMoved(plane.project, [head('develop', 'tree')]);
    await plane.control.claimBuild(plane.project, 'tree', ci);
    const wantedBy = async (caller: Caller) =>
      (await plane.control.wantedBuilds(plane.project, 0, caller)).length;
    expect([await wantedBy(ci), await wantedBy(tokenNamed('other'))]).toEqual([1, 0]);
    await expect(plane.control.claimBuild(plane.project, 'tree', tokenNamed('other'))).rejects.toMatchObject({
      code: 'build-claimed',
    });
    await plane.control.claimBuild(plane.project, 'tree', ci);
    await plane.clock.advance(11 * minuteMs);
    expect(await wantedBy(tokenNamed('other'))).toBe(1);
  });
});

describe('a release that changes less than everything', () => {
  it('is what runs as a whole, though one of its services was there before (REL-6)', async () => {
    const plane = await established();
    const web = { web: 'web 2', orders: 'orders 1' };
    const second = await climb(plane, await plane.release('feat: web only', web));
    expect(second.plan.changes.map(({ service, action }) => [service, action])).toEqual([
      ['web', 'replace'],
      ['orders', 'keep'],
    ]);
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, second);
    await plane.clock.advance(30 * minuteMs);
    const prod = await plane.control.environment(plane.project, 'prod');
    expect(prod.release?.version).toBe('1.1.0');
    expect(prod.services.map(({ service, stable }) => [service, stable?.version])).toEqual([
      ['web', '1.1.0'],
      ['orders', '1.1.0'],
    ]);
  });

  it('climbs though all its artifacts are known, without touching what runs, and asks for approval all the same', async () => {
    const plane = await established();
    const revision = plane.prod.desired()?.services.map(({ stable }) => stable?.artifact);
    const same = await plane.release('docs: say it better', { web: 'web 1', orders: 'orders 1' });
    const promotion = await climb(plane, same);
    expect(promotion.plan.changes.every(({ action }) => action === 'keep')).toBe(true);
    await plane.clock.advance(24 * hourMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    await approveBoth(plane, promotion);
    await plane.clock.settle();
    expect(await runs(plane, 'prod')).toBe('1.0.1');
    expect(plane.prod.desired()?.services.map(({ stable }) => stable?.artifact)).toEqual(revision);
    const { state } = await plane.control.promotion(plane.project, promotion.id);
    expect(state).toMatchObject({ phase: 'succeeded', rollout: null });
  });
});

describe('a release that no longer brings a service', () => {
  const serving = async (plane: Ladder) =>
    (plane.prod.desired()?.services ?? []).map(({ service, stable }) => [service, stable?.version]);

  it('takes it out once it is through, and not before; going back brings it back (REL-10)', async () => {
    const plane = await established();
    const second = await climb(plane, await plane.release('feat!: without orders', { web: 'web 2' }));
    expect(second.plan.changes.map(({ service, action }) => [service, action])).toEqual([
      ['web', 'replace'],
      ['orders', 'remove'],
    ]);
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, second);
    await plane.clock.advance(8 * minuteMs);
    expect((await liveIn(plane)).state.phase).toBe('watching');
    expect(await serving(plane)).toContainEqual(['orders', '1.0.0']);
    await plane.clock.advance(30 * minuteMs);
    expect(await serving(plane)).toEqual([['web', '2.0.0']]);
    expect((await plane.control.environment(plane.project, 'prod')).deployments.at(-1)?.services).toEqual([
      'web',
    ]);
    const ask = { environment: 'prod', reason: 'orders are missed' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    expect(await serving(plane)).toEqual([
      ['orders', '1.0.0'],
      ['web', '1.0.0'],
    ]);
  });

  it('leaves it alone when it is taken back', async () => {
    const plane = await established({ perSecond: 100, errors: { '2.0.0': 0.5 } });
    const second = await climb(plane, await plane.release('feat!: without orders', { web: 'web 2' }));
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, second);
    await plane.clock.advance(20 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    expect(await serving(plane)).toContainEqual(['orders', '1.0.0']);
  });

  it('needs no rollout when that is all it changes, and says what goes', async () => {
    const plane = await established();
    const second = await climb(plane, await plane.release('feat!: without orders', { web: 'web 1' }));
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, second);
    await plane.clock.settle();
    expect(await serving(plane)).toEqual([['web', '2.0.0']]);
    const { items } = await plane.control.log(plane.project, { environment: 'prod' });
    expect(items.map(({ message }) => message)).toContain(
      '2.0.0 into prod starts, and takes out orders; every other artifact is the one that serves already',
    );
  });
});

describe('after one service went back (REL-10)', () => {
  it('the environment runs no release as a whole, and the next promotion moves only what differs', async () => {
    const plane = await inCanary();
    await plane.clock.advance(3 * hourMs);
    const ask = { environment: 'prod', to: '1.0.0', services: ['orders'], reason: 'orders are slow' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    expect((await plane.control.environment(plane.project, 'prod')).release).toBeNull();
    const again = await plane.control.requestPromotion(
      plane.project,
      { release: '1.1.0', to: 'prod', reason: 'orders are well again' },
      plane.as('cy@example.org'),
    );
    expect(again.plan.changes.map(({ service, action }) => [service, action])).toEqual([
      ['web', 'keep'],
      ['orders', 'replace'],
    ]);
    await approveBoth(plane, again);
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('the source environment soaks anew: what ran beside another release proves nothing as a whole', async () => {
    const plane = await established();
    const version = await plane.release('feat: more');
    await plane.clock.advance(12 * minuteMs);
    const ask = { environment: 'test', to: '1.0.0', services: ['orders'], reason: 'a try' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(48 * hourMs);
    const why = await plane.control.why(plane.project, version, 'prod', plane.as('cy@example.org'));
    const soak = why.admission.blockers.find(({ kind }) => kind === 'soak');
    expect(soak).toMatchObject({ liftedBy: { kind: 'promotion', environment: 'test' } });
  });

  it('a service that a version does not bring cannot go back to it, and says so', async () => {
    const plane = await established();
    const slim = await climb(plane, await plane.release('feat!: web alone', { web: 'web 9' }));
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, slim);
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('2.0.0');
    const ask = { environment: 'prod', to: '2.0.0', services: ['orders'], reason: 'no' };
    await expect(
      plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org')),
    ).rejects.toMatchObject({ code: 'service-not-in-release' });
  });
});
