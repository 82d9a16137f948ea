import { as } from '../scene.ts';
import { ada } from '../world.ts';
import type { Example } from './sample.ts';

/** What only reads. */
export const lookExamples: Readonly<Record<string, Example>> = {
  getBoard: () => ({ path: '/board' }),
  listEnvironments: () => ({ path: '/environments' }),
  getEnvironment: () => ({ path: '/environments/prod' }),
  listAlarms: () => ({ path: '/environments/prod/alarms' }),
  getRules: () => ({ path: '/environments/prod/rules' }),
  listReleases: () => ({ path: '/releases' }),
  getRelease: ({ wanted }) => ({ path: `/releases/${wanted}` }),
  why: ({ wanted }) => ({ path: `/releases/${wanted}/why?to=prod` }),
  listEvidence: ({ wanted }) => ({ path: `/releases/${wanted}/evidence` }),
  listWaivers: ({ wanted }) => ({ path: `/releases/${wanted}/waivers` }),
  listPromotions: () => ({ path: '/promotions' }),
  getPromotion: ({ waiting }) => ({ path: `/promotions/${waiting.id}` }),
  listDelegations: () => ({ path: '/delegations' }),
  getRollout: ({ live }) => ({ path: `/rollouts/${live}` }),
  readRecording: ({ live }) => ({ path: `/rollouts/${live}/recording` }),
  getCalendar: () => ({ path: '/calendar' }),
  listWantedBuilds: () => ({ path: '/builds' }),
  readLog: () => ({ path: '/log' }),
  followEvents: () => ({ path: '/events' }),
  exportAudit: () => ({ path: '/audit/export' }),
  listTokens: () => ({ path: '/tokens' }),
  listQuestions: () => ({ path: '/questions' }),
  listChangeRequests: () => ({ path: '/change-requests' }),
  compareRules: ({ yaml }) => ({ path: '/rules/compare', body: { text: yaml } }),
  getEvidenceFile: async ({ control, project, wanted }) => {
    const { id } = await control.addEvidence(
      project,
      { release: wanted, fileName: 'junit.xml' },
      (async function* () {
        yield Buffer.from(junit);
      })(),
      as(ada),
    );
    return { path: `/evidence/${id}/file` };
  },
};

export const junit = '<testsuite name="web" tests="1"><testcase classname="web" name="starts"/></testsuite>';
