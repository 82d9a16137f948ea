import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import type { ActorId, RoleName } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { ProposalId, RulesApproval, RulesProposal } from '../../domain/rules/index.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { aFile, aProjectWith, environmentNamed } from '../kept.kit.ts';
import { rulesView, waitingRules } from './rules-view.ts';

const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const [ada, bo, cy, dan] = ['ada', 'bo', 'cy', 'dan'].map((name) => `${name}@example.org`) as ActorId[] as [
  ActorId,
  ActorId,
  ActorId,
  ActorId,
];
const prod = environmentNamed('prod');
const { project } = prod;
const to = digestOf('weaker');

/** Two of its leads and testers approve, of both roles, and none who asks. */
const file: ProjectFile = {
  ...aFile,
  roles: {
    [lead]: { members: [ada, bo] },
    [qa]: { members: [cy] },
    ['operator' as RoleName]: { members: [dan] },
  },
  pipelines: {
    main: [
      {
        environment: prod.name,
        gates: [],
        approvals: { count: 2, from: [lead, qa], distinctRoles: 2, notRequester: true, expireMs: 1000 },
      },
    ],
  },
};
const approval: RulesApproval = {
  by: bo,
  roles: [lead],
  hash: digestOf('hash'),
  at: someMoment,
  comment: 'go',
};
const proposal: RulesProposal = {
  id: 'proposal' as ProposalId,
  project,
  environment: prod.id,
  from: prod.rules.file,
  to,
  branch: 'main',
  changes: [],
  hash: approval.hash,
  proposedBy: { kind: 'person', id: ada },
  proposedAt: someMoment,
  approvals: [approval],
  state: { phase: 'waiting' },
};

async function ruled(rules: ProjectFile, other: Partial<RulesProposal> = {}) {
  const kept = await aProjectWith([prod], rules);
  await kept.put('proposal', proposal.id, { ...proposal, ...other });
  return kept.store.read((tx) => waitingRules(tx, prod, someMoment));
}

describe('the rules of an environment (INF-7)', () => {
  it('are shown with their text, as long as that is kept', async () => {
    const kept = await aProjectWith([prod], file);
    await kept.put('rules', prod.rules.file, { id: prod.rules.file, project, file, text: 'rung: 1' });
    const shown = () => kept.store.read((tx) => rulesView(tx, prod, someMoment));
    expect(await shown()).toEqual({ environment: 'prod', ...prod.rules, text: 'rung: 1', proposal: null });
    await kept.store.transaction((tx) => tx.remove(project, 'rules', prod.rules.file));
    expect((await shown()).text).toBe('');
  });
});

describe('a file that waits to rule an environment (INF-7)', () => {
  it('is shown with whose word it has, and who is missing', async () => {
    expect(await ruled(file)).toMatchObject({
      id: 'proposal',
      hash: proposal.hash,
      proposedBy: { id: ada },
      approvals: [{ by: bo, roles: [lead], at: someMoment }],
      needed: 2,
      missingPeople: 1,
      missingRoles: 1,
      approvers: { roles: [lead, qa], members: [cy] },
    });
    expect(await ruled(file, { approvals: [] })).toMatchObject({
      missingPeople: 2,
      missingRoles: 2,
      approvers: { members: [bo, cy] },
    });
  });

  it('waits for nobody where nobody has a role', async () => {
    expect(await ruled({ ...file, roles: { [lead]: { members: [] } }, pipelines: {} })).toMatchObject({
      needed: 0,
      missingPeople: 0,
      missingRoles: 0,
      approvers: { roles: [], members: [] },
    });
  });

  it('is shown only while it waits', async () => {
    expect(await ruled(file, { state: { phase: 'accepted', at: someMoment } })).toBeNull();
  });
});
