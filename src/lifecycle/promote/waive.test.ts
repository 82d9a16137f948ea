import { describe, expect, it } from 'vitest';
import type { WaiverId } from '../../domain/gate.ts';
import type { RoleName } from '../../domain/ids.ts';
import type { PipelineStep } from '../../domain/project-file/types.ts';
import { ada, bo, next, now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, type Kept, keeping, recordsOf } from './kept.kit.ts';
import { waive } from './waive.ts';

const [lead, devops] = ['lead', 'devops'] as [RoleName, RoleName];
const { target } = asking();

const step: Partial<PipelineStep> = {
  gates: [{ kind: 'smoke' }, { kind: 'checklist', name: 'go-live', items: ['x'], from: [] }],
  waive: [lead, devops],
};
async function waiving(who: typeof ada, gate: string, facts: AdmissionFacts): Promise<Kept> {
  const kept = await keeping(...recordsOf(facts));
  const by = { kind: 'person', id: who } as const;
  await kept.act((tx) =>
    waive(tx, facts, { id: 'w' as WaiverId, gate, reason: 'the desk is closed', by }, now),
  );
  return kept;
}
const refusal = (...args: Parameters<typeof waiving>) => waiving(...args).catch((thrown: unknown) => thrown);

describe('letting a gate pass (REL-2)', () => {
  it('is kept for the tree and the environment, told, and looked at at once', async () => {
    const kept = await waiving(ada, 'go-live', asking({ step }));
    const waiver = await kept.get('waiver', 'w');
    expect(waiver).toEqual({
      id: 'w',
      project: target.project,
      gate: 'go-live',
      tree: next.manifest.tree,
      environment: target.id,
      by: ada,
      roles: [lead, devops],
      reason: 'the desk is closed',
      at: now,
    });
    expect(await kept.told()).toMatchObject([
      {
        kind: 'gate.waived',
        actor: { kind: 'person', id: ada },
        environment: target.id,
        subject: `release/${next.id}`,
        payload: {
          waiver: 'w',
          gate: 'go-live',
          tree: next.manifest.tree,
          roles: [lead, devops],
          reason: 'the desk is closed',
        },
      },
    ]);
    expect(kept.wakeUps()).toEqual([{ key: 'environment/prod', project: target.project, at: now }]);
  });

  it('names the roles alone by which somebody may', async () => {
    const kept = await waiving(bo, 'smoke', asking({ step }));
    expect((await kept.get('waiver', 'w')).roles).toEqual([devops]);
  });

  it.each<[string, AdmissionFacts, string]>([
    ['a step without it', asking({ step }), 'smoke and go-live'],
    ['a step without any', asking({ step: { ...step, gates: [] } }), 'no gates'],
    ['where no pipeline leads', { ...asking({ step }), rung: null }, 'no gates'],
  ])('is of no gate that is not asked for: %s', async (_, facts, wayOut) => {
    expect(await refusal(ada, 'bugs', facts)).toMatchObject({
      kind: 'absent',
      code: 'gate-unknown',
      wayOut: expect.stringContaining(wayOut) as string,
    });
  });

  it('is denied to whom the step does not name, with whom to ask', async () => {
    const denied = { kind: 'denied', code: 'waiver-role-missing' };
    const { waive: _, ...nobody } = step;
    expect(await refusal('eve@example.org' as typeof ada, 'smoke', asking({ step }))).toMatchObject({
      ...denied,
      wayOut: expect.stringContaining('lead or devops') as string,
    });
    expect(await refusal(ada, 'smoke', asking({ step: nobody }))).toMatchObject({
      ...denied,
      wayOut: expect.stringContaining('Nobody may') as string,
    });
  });
});
