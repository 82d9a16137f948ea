import { describe, expect, it } from 'vitest';
import type { ActorId } from '../../src/domain/ids.ts';
import { isFailure } from '../../src/domain/failure.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { climb, established, inCanary, type Ladder, minuteMs, rungYaml, runs } from './ladder.kit.ts';

const withSit = rungYaml
  .replace('  prod:', '  sit: { tier: testing }\n  prod:')
  .replace('    - environment: prod', '    - environment: sit\n    - environment: prod');

/** A commit puts sit before prod, which nobody has started yet. */
async function push(plane: Ladder): Promise<void> {
  for (const [index, projectFile] of [rungYaml, withSit].entries()) {
    const commit = String(index).repeat(40);
    await plane.control.branchesMoved(plane.project, [{ ref: 'main', commit, tree: commit, projectFile }]);
  }
}

/** 1.1.0 waited for prod already. */
async function pushed() {
  const plane = await established();
  const waiting = await climb(plane, await plane.release('feat: more'));
  await push(plane);
  return { plane, waiting };
}

const start = (plane: Ladder) =>
  declareProject(plane.parts, {
    ...parseProjectFile(new TextEncoder().encode(withSit), 'rung.yaml'),
    branch: 'main',
    keys: {},
    by: { kind: 'person', id: 'owner@example.org' as ActorId },
  });

const orderOf = async (plane: Ladder) =>
  (
    await plane.control.why(plane.project, '1.1.0', 'prod', plane.as('ada@example.org'))
  ).admission.blockers.find(({ kind }) => kind === 'order');

describe('an environment that a pushed project file puts on the way, and that is not there yet (OPS-5)', () => {
  it('keeps what climbs away from what comes after it, and says how it comes to be', async () => {
    const { plane, waiting } = await pushed();
    const caller = plane.as('ada@example.org');
    await plane.control.withdraw(plane.project, waiting.id, caller);
    const refused: unknown = await plane.control
      .requestPromotion(plane.project, { release: '1.1.0', to: 'prod' }, caller)
      .catch((thrown: unknown) => thrown);
    expect(isFailure(refused) && [refused.code, refused.message, refused.wayOut]).toEqual([
      'promotion-refused',
      '1.1.0 may not go to prod: The way to prod leads through sit, not there yet.',
      'Run rung up again beside the project file: it makes what is new there, with agent and keys.',
    ]);
  });

  it('leaves what waits waiting, and every page as it was', async () => {
    const { plane, waiting } = await pushed();
    const caller = plane.as('ada@example.org');
    const { state } = await plane.control.promotion(plane.project, waiting.id);
    expect(state.phase).toBe('waiting');
    const { environments } = await plane.control.board(plane.project, caller);
    expect(environments.map(({ name }) => name).toSorted()).toEqual(['dev', 'prod', 'test']);
    await plane.control.calendar(plane.project, {});
    await start(plane);
    expect((await orderOf(plane))?.reason).toContain('has not run in sit');
  });

  it('is in the way of nobody who goes back (REL-10)', async () => {
    const plane = await inCanary();
    await plane.clock.advance(20 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    await push(plane);
    const ask = { environment: 'prod', reason: 'customers cannot sign in' };
    await plane.control.requestRollback(plane.project, ask, plane.as('ada@example.org'));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
  });
});
