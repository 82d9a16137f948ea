import { digestOf } from '../../../src/domain/canonical.ts';
import { generateSealingKey, generateSigningKey } from '../../../src/domain/keys.ts';
import type { ChangeRequestView } from '../../../src/lifecycle/views.ts';
import { openQuestionOf, tokenOf } from '../callers.ts';
import { as, type Scene } from '../scene.ts';
import { ada, aTree, bo, weaker } from '../world.ts';
import { junit } from './look.ts';
import { type Example, minuteMs } from './sample.ts';

const reason = { reason: 'because' };

const changeAsk = ({ clock, wanted }: Scene) =>
  ({
    release: wanted,
    to: 'prod',
    reference: null,
    type: 'normal',
    risk: 'low',
    window: { from: clock.now(), to: (clock.now() + 60 * minuteMs) as never },
    rollbackMinutes: 5,
    testing: 'by hand',
    communication: 'by mail',
    description: 'as asked',
  }) as const;

const change = (world: Scene): Promise<ChangeRequestView> =>
  world.control.createChangeRequest(world.project, changeAsk(world), as(bo));

const plan = { kind: 'rollback-plan', steps: 'go back', minutes: 5, dataStaysReadable: true } as const;

const wantedBuild = async ({ control, project }: Scene): Promise<string> => {
  await control.branchesMoved(project, [{ ref: 'develop', commit: aTree, tree: aTree }]);
  return aTree;
};

const proposed = async ({ control, project, yaml }: Scene): Promise<string> => {
  await control.applyRules(project, { text: weaker(yaml) }, as(bo));
  return (await control.rulesInForce(project, 'prod')).proposal?.hash ?? '';
};

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Change requests, evidence, builds, rules, keys and tokens. */
export const changeExamples: Readonly<Record<string, Example>> = {
  getChangeRequest: async (world) => ({ path: `/change-requests/${(await change(world)).id}` }),
  createChangeRequest: (world) => ({ path: '/change-requests', body: changeAsk(world) }),
  editChangeRequest: async (world) => {
    const { id, seen } = await change(world);
    return { path: `/change-requests/${id}/edit`, body: { seen, risk: 'high' } };
  },
  approveChangeRequest: async (world) => {
    const { id, seen } = await change(world);
    return { path: `/change-requests/${id}/approve`, body: { seen } };
  },
  rejectChangeRequest: async (world) => ({
    path: `/change-requests/${(await change(world)).id}/reject`,
    body: reason,
  }),
  noteOnChangeRequest: async (world) => ({
    path: `/change-requests/${(await change(world)).id}/notes`,
    body: { note: 'seen' },
  }),
  addEvidence: ({ wanted }) => ({
    path: `/evidence/file?release=${wanted}&fileName=junit.xml`,
    bytes: junit,
  }),
  sayEvidence: ({ wanted }) => ({
    path: '/evidence',
    body: { release: wanted, facts: { kind: 'count', count: 0, tracker: null, link: null } },
  }),
  readRollbackPlan: async ({ control, project, wanted }) => {
    const { id } = await control.sayEvidence(project, { release: wanted, facts: plan }, as(bo));
    return { path: `/releases/${wanted}/rollback-plan/read`, body: { plan: id } };
  },
  askGate: async (world) => {
    const { control, project, wanted } = world;
    const question = await openQuestionOf(world);
    const answer = { token: tokenOf(world, question), verdict: 'fail', reason: '', url: '' } as const;
    await control.answerQuestion(project, question.id, answer);
    return { path: `/releases/${wanted}/questions`, body: { to: 'prod', gate: 'licences' } };
  },
  answerQuestion: async (world) => ({
    // As it stands in the address that goes out with the question.
    path: `//api/v1/projects/${world.project}/questions/${(await openQuestionOf(world)).id}/answer`,
    body: { verdict: 'pass' },
  }),
  postAlarm: () => ({ path: '/environments/prod/alarms', body: { name: 'disk', state: 'firing' } }),
  claimBuild: async (world) => ({ path: `/builds/${await wantedBuild(world)}/claim` }),
  failBuild: async (world) => {
    const tree = await wantedBuild(world);
    return { path: `/builds/${tree}/fail`, body: { detail: 'it does not compile' } };
  },
  putArtifact: () => ({ path: `/artifacts/${digestOf('made')}`, bytes: 'made' }),
  createRelease: async ({ control, project }) => {
    const artifact = digestOf('made');
    await control.putArtifact(project, artifact, bytesOf('made'), as(ada));
    const at = { tree: aTree, commit: aTree, branch: 'develop' };
    return { path: '/releases', body: { ...at, services: { web: { artifact } }, commits: [] } };
  },
  applyRules: ({ yaml }) => ({ path: '/rules', body: { text: yaml } }),
  approveRules: async (world) => ({
    path: '/environments/prod/rules/approve',
    body: { hash: await proposed(world) },
  }),
  rejectRules: async (world) => {
    await proposed(world);
    return { path: '/environments/prod/rules/reject', body: reason };
  },
  createToken: () => ({ path: '/tokens', body: { name: 'ci', scopes: ['promote'], expiresInMs: minuteMs } }),
  revokeToken: async ({ control, project }) => {
    const ask = { name: 'ci', scopes: ['read'], expiresInMs: 60 * minuteMs } as const;
    const { token } = await control.createToken(project, ask, as(bo));
    return { path: `/tokens/${token.id}` };
  },
  replaceAgentKey: () => ({
    path: '/agents/dev/keys/replace',
    body: { signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey },
  }),
  revokeAgentKey: ({ keys }) => ({
    path: '/agents/dev/keys/revoke',
    body: { signing: keys['dev']?.signing.publicKey },
  }),
};
