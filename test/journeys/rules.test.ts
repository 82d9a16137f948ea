import { describe, expect, it } from 'vitest';
import { changeText } from '../../src/domain/rules/index.ts';
import type { RulesView } from '../../src/lifecycle/rules-views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { openPlane } from '../kit/plane.ts';
import { blockersOf, hourMs, rungYaml } from './ladder.kit.ts';

const oneApproval = rungYaml.replace('count: 2,', 'count: 1,').replace('distinct-roles: 2, ', '');
const moreApprovers = rungYaml.replace(
  'qa-lead: { members: [cy@example.org] }',
  'qa-lead: { members: [cy@example.org, eve@example.org] }',
);
const stricter = rungYaml.replace('count: 2,', 'count: 3,');
const otherTest = rungYaml.replace('soak: 10m', 'soak: 1m');

const apply = (plane: Plane, text: string, person = 'cy@example.org'): Promise<readonly RulesView[]> =>
  plane.control.applyRules(plane.project, { text }, plane.as(person));

const rulesOf = (plane: Plane, name = 'prod'): Promise<RulesView> =>
  plane.control.rulesInForce(plane.project, name);

async function approve(plane: Plane, person: string): Promise<RulesView> {
  const { proposal } = await rulesOf(plane);
  return plane.control.approveRules(plane.project, 'prod', { hash: proposal?.hash ?? '' }, plane.as(person));
}

const parsedText = (text: string) => parseProjectFile(new TextEncoder().encode(text), 'rung.yaml').file;

/** Of who promotes into production, by the rules that are in force there. */
const needed = async (plane: Plane): Promise<number | undefined> =>
  parsedText((await rulesOf(plane)).text).pipelines['main']?.at(-1)?.approvals?.count;

describe('rules in force (INF-7)', () => {
  it('a file that weakens production is a plan that waits, and the old rules rule until it is approved', async () => {
    const plane = await openPlane(rungYaml);
    const before = (await rulesOf(plane)).file;
    await apply(plane, oneApproval);
    const { file, proposal } = await rulesOf(plane);
    expect(file).toBe(before);
    expect(proposal?.changes.map(changeText)).toEqual([
      'approvals 2 → 1',
      'different roles among the approvers 2 → 1',
    ]);
    const { rules } = await plane.control.environment(plane.project, 'prod');
    expect(rules.waiting?.missingPeople).toBe(2);
    await approve(plane, 'ada@example.org');
    expect((await rulesOf(plane)).file).toBe(before);
    const after = await approve(plane, 'bo@example.org');
    expect(after.file).not.toBe(before);
    expect(after.proposal).toBeNull();
    expect(await needed(plane)).toBe(1);
  });

  it('what weakens nothing that is protected is in force at once', async () => {
    const plane = await openPlane(rungYaml);
    const before = await rulesOf(plane);
    await apply(plane, otherTest);
    expect((await rulesOf(plane, 'test')).file).not.toBe(before.file);
    await apply(plane, stricter);
    expect((await rulesOf(plane)).proposal).toBeNull();
    expect(await needed(plane)).toBe(3);
  });

  it('whoever the change itself makes an approver may not approve it', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, moreApprovers);
    const { proposal } = await rulesOf(plane);
    expect(proposal?.changes.map(({ what }) => what)).toContain('may approve');
    await expect(approve(plane, 'eve@example.org')).rejects.toMatchObject({ code: 'approval-role-missing' });
    await expect(approve(plane, 'dot@example.org')).rejects.toMatchObject({ code: 'approval-role-missing' });
  });

  it('nor may whoever proposed it', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, oneApproval, 'ada@example.org');
    await expect(approve(plane, 'ada@example.org')).rejects.toMatchObject({ code: 'approval-by-requester' });
  });

  it('taking the file back ends what waits; another file has to be looked at anew', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, oneApproval);
    const first = await approve(plane, 'ada@example.org');
    await apply(plane, moreApprovers);
    const second = await rulesOf(plane);
    expect(second.proposal?.approvals).toEqual([]);
    expect(second.proposal?.hash).not.toBe(first.proposal?.hash);
    await expect(
      plane.control.approveRules(
        plane.project,
        'prod',
        { hash: first.proposal?.hash ?? '' },
        plane.as('bo@example.org'),
      ),
    ).rejects.toMatchObject({ code: 'plan-changed' });
    await apply(plane, rungYaml);
    expect((await rulesOf(plane)).proposal).toBeNull();
    await expect(approve(plane, 'bo@example.org')).rejects.toMatchObject({ code: 'rules-not-waiting' });
  });

  it('an approval of rules expires, as one of a release does', async () => {
    const plane = await openPlane(rungYaml);
    const before = (await rulesOf(plane)).file;
    await apply(plane, oneApproval);
    await approve(plane, 'ada@example.org');
    await plane.clock.advance(25 * hourMs);
    expect((await approve(plane, 'bo@example.org')).file).toBe(before);
    expect((await approve(plane, 'ada@example.org')).file).not.toBe(before);
  });

  it('are refused by an approver with a reason, and then stay as they are', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, oneApproval);
    const reject = (person: string) =>
      plane.control.rejectRules(plane.project, 'prod', { reason: 'two have to look' }, plane.as(person));
    await expect(reject('dot@example.org')).rejects.toMatchObject({ code: 'approval-role-missing' });
    expect((await reject('cy@example.org')).proposal).toBeNull();
    expect(await needed(plane)).toBe(2);
    await plane.chainNow();
    const { items } = await plane.control.log(plane.project, {});
    expect(items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['rules.proposed', 'rules.rejected']),
    );
  });

  it('are refused as they were looked at, and not what waits instead by now (INF-7)', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, oneApproval);
    const seen = (await rulesOf(plane)).proposal?.hash ?? '';
    await apply(plane, moreApprovers);
    const reject = (hash: string) =>
      plane.control.rejectRules(plane.project, 'prod', { reason: 'no', hash }, plane.as('cy@example.org'));
    await expect(reject(seen)).rejects.toMatchObject({ kind: 'conflict', code: 'plan-changed' });
    const waiting = (await rulesOf(plane)).proposal?.hash ?? '';
    expect((await reject(waiting)).proposal).toBeNull();
  });

  it('are compared before anything is done, and a bad file is refused with its places', async () => {
    const plane = await openPlane(rungYaml);
    const compared = await plane.control.compareRules(plane.project, oneApproval);
    expect(compared.map(({ environment, needsApproval }) => [environment, needsApproval])).toEqual([
      ['dev', false],
      ['test', false],
      ['prod', true],
    ]);
    await expect(plane.control.compareRules(plane.project, 'rung: 1')).rejects.toMatchObject({
      code: 'project-file-invalid',
    });
    await expect(apply(plane, rungYaml.replace('project: access', 'project: other'))).rejects.toMatchObject({
      code: 'project-other',
    });
    await expect(apply(plane, oneApproval, 'nobody@example.org')).rejects.toMatchObject({
      code: 'role-unknown',
    });
  });

  it('a change that asks for itself is judged by the rules in force: two have still to approve the release', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, oneApproval);
    const version = await plane.release('feat: begin');
    const asking = plane.control.requestPromotion(
      plane.project,
      { release: version, to: 'prod' },
      plane.as('ada@example.org'),
    );
    expect(await blockersOf(asking)).toContain('approvals');
  });
});
