import { describe, expect, it } from 'vitest';
import type { ActorId } from '../../src/domain/ids.ts';
import { changeText } from '../../src/domain/rules/index.ts';
import { headsSeen } from '../../src/lifecycle/deliver/builds.ts';
import type { RulesView } from '../../src/lifecycle/rules-views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';
import { rungYaml } from './ladder.kit.ts';

const [ada, bo, cy] = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as ActorId[] as [
  ActorId,
  ActorId,
  ActorId,
];
const oneApproval = rungYaml.replace('count: 2,', 'count: 1,').replace('distinct-roles: 2, ', '');

let pushes = 0;

/** A commit of somebody reaches a branch; the planes of these tests are started from `main`. */
function push(plane: Plane, projectFile: string, ref = 'main', author = ada): Promise<void> {
  pushes += 1;
  const commit = pushes.toString(16).padStart(40, '0');
  const head = { ref, commit, tree: commit, projectFile, authors: [author] };
  return plane.control.branchesMoved(plane.project, [head]);
}

const rulesOf = (plane: Plane, name = 'prod'): Promise<RulesView> =>
  plane.control.rulesInForce(plane.project, name);

async function approve(plane: Plane, person: ActorId): Promise<RulesView> {
  const { proposal } = await rulesOf(plane);
  return plane.control.approveRules(plane.project, 'prod', { hash: proposal?.hash ?? '' }, plane.as(person));
}

describe('a commit that changes the project file (INF-7)', () => {
  it('is a plan that waits where it weakens production, and in force where it weakens nothing', async () => {
    const plane = await openPlane(rungYaml);
    const before = (await rulesOf(plane)).file;
    await push(plane, rungYaml);
    await push(plane, oneApproval);
    const { file, proposal } = await rulesOf(plane);
    expect(file).toBe(before);
    expect(proposal?.proposedBy).toEqual({ kind: 'automation', rule: 'merge into main' });
    expect(proposal?.changes.map(changeText)).toContain('approvals 2 → 1');
    expect((await rulesOf(plane, 'test')).file).not.toBe(before);
  });

  it('is not approved by whoever wrote it', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await push(plane, oneApproval);
    const waiting = (await plane.control.environment(plane.project, 'prod')).rules.waiting;
    expect(waiting?.approvers).toMatchObject({ members: [bo, cy] });
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'approval-by-requester' });
    await approve(plane, bo);
    expect((await approve(plane, cy)).proposal).toBeNull();
  });

  it('is not approved by whoever wrote it under the same address in other letters', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await push(plane, oneApproval, 'main', 'Ada@Example.org' as ActorId);
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'approval-by-requester' });
  });

  it('is not approved by whoever wrote it once somebody else adds to it', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await push(plane, oneApproval);
    await push(plane, `${oneApproval}# in short\n`, 'main', cy);
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'approval-by-requester' });
    await expect(approve(plane, cy)).rejects.toMatchObject({ code: 'approval-by-requester' });
  });

  it('is not approved by whoever wrote it where Rung was started beside it before the commit was seen', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await plane.control.applyRules(plane.project, { text: oneApproval }, plane.as('dot@example.org'));
    await push(plane, oneApproval);
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'approval-by-requester' });
    await approve(plane, bo);
    expect((await approve(plane, cy)).proposal).toBeNull();
  });

  it('is of whoever wrote it also where somebody else had to mend it before it could be read', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    const seen = async () => (await headsSeen(plane.parts.store, plane.project)).get('main');
    const readable = await seen();
    await push(plane, `${oneApproval}roles: [`);
    await push(plane, oneApproval.replace('project: access', 'project: other'));
    expect(await seen()).toBe(readable);
    await push(plane, oneApproval, 'main', cy);
    expect(await seen()).not.toBe(readable);
    expect((await rulesOf(plane)).proposal).not.toBeNull();
  });

  it('ends with the commit that takes it back', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await push(plane, oneApproval);
    await push(plane, rungYaml);
    expect((await rulesOf(plane)).proposal).toBeNull();
  });

  it('says nothing on another branch, in another project, or where it cannot be read', async () => {
    const plane = await openPlane(rungYaml);
    const before = (await rulesOf(plane)).file;
    await push(plane, rungYaml, 'develop');
    await push(plane, oneApproval, 'develop');
    await push(plane, rungYaml);
    await push(plane, oneApproval.replace('project: access', 'project: other'));
    await push(plane, 'rung: [');
    expect(await rulesOf(plane)).toMatchObject({ file: before, proposal: null });
    expect((await rulesOf(plane, 'test')).file).toBe(before);
  });

  it('leaves in force what Rung was started with, until somebody changes the file', async () => {
    const plane = await openPlane(rungYaml);
    const before = (await rulesOf(plane)).file;
    await push(plane, oneApproval);
    expect(await rulesOf(plane)).toMatchObject({ file: before, proposal: null });
  });
});
