import { brokenOff, type Client, createClient, followEvents } from '../client/index.ts';
import { Failure } from '../domain/failure.ts';
import type { Recording } from '../domain/rollout/recording.ts';
import type { Clock } from '../engine/clock.ts';
import type { Connect } from './connect.ts';
import { listed } from './render/figures.ts';
import { given, itemsOf, root, seen } from './api-answers.ts';
import { peopleOf } from './people-client.ts';
import { putEvidence } from './put-evidence.ts';
import type { ChangeRequestClient, News, PeopleClient, RungClient } from './rung-client.ts';

/** Speaks to a control plane over HTTP, through the client that is made from the API's description. */
export const connectToApi: Connect = async (place, clock) => {
  const client = createClient({
    baseUrl: place.url,
    ...(place.token === null ? {} : { token: place.token }),
    ...(place.actAs === null ? {} : { actAs: place.actAs }),
  });
  const project = place.project ?? (await onlyProject(client));
  return {
    url: place.url,
    project,
    ...reads(client, project),
    ...acts(client, project),
    ...changeRequestsOf(client, project),
    ...peopleOf(client, project),
    ...streams(client, project, clock),
    addEvidence: (ask, bytes) => putEvidence(place, project, ask, bytes),
  };
};

async function onlyProject(client: Client): Promise<string> {
  const items = await itemsOf<{ readonly id: string; readonly name: string }>(client.GET('/api/v1/projects'));
  const [only] = items;
  if (only !== undefined && items.length === 1) return only.id;
  const names = listed(items.map(({ name }) => name));
  throw items.length === 0
    ? new Failure('absent', 'project-unknown', 'There is no project here yet.', {})
    : new Failure('invalid', 'project-ambiguous', `There are several projects here: ${names}.`, {
        wayOut: 'Name one with --project or RUNG_PROJECT.',
      });
}

type Reads = Pick<
  RungClient,
  | 'board'
  | 'environments'
  | 'environment'
  | 'releases'
  | 'release'
  | 'why'
  | 'promotions'
  | 'promotion'
  | 'rollout'
  | 'recording'
  | 'log'
  | 'tokens'
  | 'evidence'
  | 'alarms'
  | 'rules'
  | 'compareRules'
  | 'waivers'
  | 'calendar'
>;

function reads(client: Client, project: string): Reads {
  const path = { project };
  return {
    board: (query = {}) => seen(client.GET(`${root}/board`, { params: { path, query: given(query) } })),
    alarms: (name) =>
      seen(client.GET(`${root}/environments/{name}/alarms`, { params: { path: { project, name } } })),
    environments: (search) =>
      itemsOf(client.GET(`${root}/environments`, { params: { path, query: given({ search, limit: 200 }) } })),
    environment: (name) =>
      seen(client.GET(`${root}/environments/{name}`, { params: { path: { project, name } } })),
    releases: (query) => seen(client.GET(`${root}/releases`, { params: { path, query: given(query) } })),
    release: (release) =>
      seen(client.GET(`${root}/releases/{release}`, { params: { path: { project, release } } })),
    why: (release, to) =>
      seen(
        client.GET(`${root}/releases/{release}/why`, {
          params: { path: { project, release }, query: { to } },
        }),
      ),
    promotions: (query) => seen(client.GET(`${root}/promotions`, { params: { path, query: given(query) } })),
    promotion: (id) => seen(client.GET(`${root}/promotions/{id}`, { params: { path: { project, id } } })),
    rollout: (id) => seen(client.GET(`${root}/rollouts/{id}`, { params: { path: { project, id } } })),
    recording: (id) =>
      wholeRecording((query) =>
        seen(client.GET(`${root}/rollouts/{id}/recording`, { params: { path: { project, id }, query } })),
      ),
    log: (query) => seen(client.GET(`${root}/log`, { params: { path, query: given(query) } })),
    rules: (name) =>
      seen(client.GET(`${root}/environments/{name}/rules`, { params: { path: { project, name } } })),
    compareRules: (text) =>
      itemsOf(client.POST(`${root}/rules/compare`, { params: { path }, body: { text } })),
    evidence: (release, query) =>
      seen(
        client.GET(`${root}/releases/{release}/evidence`, {
          params: { path: { project, release }, query: given(query) },
        }),
      ),
    waivers: (release) =>
      itemsOf(client.GET(`${root}/releases/{release}/waivers`, { params: { path: { project, release } } })),
    calendar: () => seen(client.GET(`${root}/calendar`, { params: { path } })),
    tokens: () => itemsOf(client.GET(`${root}/tokens`, { params: { path } })),
  };
}

const samplesAPage = 1000;

/** Page after page, as one. */
async function wholeRecording(
  read: (page: { readonly after: number; readonly limit: number }) => Promise<Recording>,
): Promise<Recording> {
  let page = await read({ after: 0, limit: samplesAPage });
  const samples = [...page.samples];
  while (page.next !== null) {
    page = await read({ after: page.next, limit: samplesAPage });
    samples.push(...page.samples);
  }
  return { ...page, samples };
}

type Acts = Omit<
  RungClient,
  | keyof Reads
  | keyof Streams
  | keyof ChangeRequestClient
  | keyof PeopleClient
  | 'addEvidence'
  | 'url'
  | 'project'
>;

function acts(client: Client, project: string): Acts {
  const path = { project };
  const promotion = (id: string) => ({ params: { path: { project, id } } });
  return {
    signInLink: () => seen(client.POST('/api/v1/sign-in/links')),
    liftMark: (release, reason) =>
      seen(
        client.POST(`${root}/releases/{release}/lift-mark`, {
          params: { path: { project, release } },
          body: { reason },
        }),
      ),
    promote: (ask) => seen(client.POST(`${root}/promotions`, { params: { path }, body: given(ask) })),
    rollBack: ({ environment: name, ...ask }) =>
      seen(
        client.POST(`${root}/environments/{name}/rollback`, {
          params: { path: { project, name } },
          body: given(ask),
        }),
      ),
    approve: (id, ask) =>
      seen(client.POST(`${root}/promotions/{id}/approve`, { ...promotion(id), body: given(ask) })),
    reject: (id, reason) =>
      seen(client.POST(`${root}/promotions/{id}/reject`, { ...promotion(id), body: { reason } })),
    withdraw: (id) => seen(client.POST(`${root}/promotions/{id}/withdraw`, promotion(id))),
    validate: (name, ask) =>
      seen(
        client.POST(`${root}/environments/{name}/validation`, {
          params: { path: { project, name } },
          body: given(ask),
        }),
      ),
    pause: (id, note) =>
      seen(client.POST(`${root}/rollouts/{id}/pause`, { ...promotion(id), body: { note } })),
    resume: (id, note) =>
      seen(client.POST(`${root}/rollouts/{id}/resume`, { ...promotion(id), body: { note } })),
    advance: (id, ask) =>
      seen(client.POST(`${root}/rollouts/{id}/advance`, { ...promotion(id), body: given(ask) })),
    abort: (id, reason) =>
      seen(client.POST(`${root}/rollouts/{id}/abort`, { ...promotion(id), body: { reason } })),
    readRollbackPlan: (release, plan) =>
      seen(
        client.POST(`${root}/releases/{release}/rollback-plan/read`, {
          params: { path: { project, release } },
          body: { plan },
        }),
      ),
    ...rulesActs(client, project),
    sayEvidence: (ask) => seen(client.POST(`${root}/evidence`, { params: { path }, body: given(ask) })),
    questions: (query) => seen(client.GET(`${root}/questions`, { params: { path, query: given(query) } })),
    askGate: (release, body) =>
      seen(
        client.POST(`${root}/releases/{release}/questions`, { params: { path: { project, release } }, body }),
      ),
    makeException: (name, ask) =>
      seen(
        client.POST(`${root}/environments/{name}/exceptions`, {
          params: { path: { project, name } },
          body: given(ask),
        }),
      ),
    revokeException: (id, reason) =>
      seen(
        client.POST(`${root}/exceptions/{id}/revoke`, {
          params: { path: { project, id } },
          body: { reason },
        }),
      ),
    postAlarm: (name, ask) =>
      seen(
        client.POST(`${root}/environments/{name}/alarms`, {
          params: { path: { project, name } },
          body: given(ask),
        }),
      ),
    waive: (release, body) =>
      seen(
        client.POST(`${root}/releases/{release}/waivers`, { params: { path: { project, release } }, body }),
      ),
    ...trust(client, project),
  };
}

type RulesActs = Pick<RungClient, 'applyRules' | 'approveRules' | 'rejectRules'>;

function rulesActs(client: Client, project: string): RulesActs {
  const of = (name: string) => ({ params: { path: { project, name } } });
  return {
    applyRules: (body) => itemsOf(client.POST(`${root}/rules`, { params: { path: { project } }, body })),
    approveRules: (name, body) =>
      seen(client.POST(`${root}/environments/{name}/rules/approve`, { ...of(name), body })),
    rejectRules: (name, reason) =>
      seen(client.POST(`${root}/environments/{name}/rules/reject`, { ...of(name), body: { reason } })),
  };
}

type Trust = Pick<RungClient, 'createToken' | 'revokeToken' | 'replaceAgentKey' | 'revokeAgentKey'>;

function trust(client: Client, project: string): Trust {
  return {
    createToken: (body) => seen(client.POST(`${root}/tokens`, { params: { path: { project } }, body })),
    revokeToken: (id) => seen(client.DELETE(`${root}/tokens/{id}`, { params: { path: { project, id } } })),
    replaceAgentKey: async (environment, body) => {
      await client.POST(`${root}/agents/{environment}/keys/replace`, {
        params: { path: { project, environment } },
        body,
      });
    },
    revokeAgentKey: async (environment, signing) => {
      const params = { path: { project, environment } };
      await client.POST(`${root}/agents/{environment}/keys/revoke`, { params, body: { signing } });
    },
  };
}

function changeRequestsOf(client: Client, project: string): ChangeRequestClient {
  const path = { project };
  const change = (id: string) => ({ params: { path: { project, id } } });
  const at = `${root}/change-requests/{id}` as const;
  return {
    changeRequests: (query) =>
      seen(client.GET(`${root}/change-requests`, { params: { path, query: given(query) } })),
    changeRequest: (id) => seen(client.GET(at, change(id))),
    createChangeRequest: (body) => seen(client.POST(`${root}/change-requests`, { params: { path }, body })),
    editChangeRequest: (id, ask) => seen(client.POST(`${at}/edit`, { ...change(id), body: given(ask) })),
    approveChangeRequest: (id, ask) =>
      seen(client.POST(`${at}/approve`, { ...change(id), body: given(ask) })),
    rejectChangeRequest: (id, reason) =>
      seen(client.POST(`${at}/reject`, { ...change(id), body: { reason } })),
    noteOnChangeRequest: (id, note) => seen(client.POST(`${at}/notes`, { ...change(id), body: { note } })),
  };
}

type Streams = Pick<RungClient, 'follow' | 'auditExport' | 'evidenceFile'>;

const streams = (client: Client, project: string, clock: Clock): Streams => ({
  follow: async function* (after, signal) {
    const sleep = (ms: number, stop?: AbortSignal): Promise<void> => clock.sleep(ms, stop);
    for await (const news of followEvents(client, project, { after, signal, sleep }))
      if (news.kind !== 'connected' && news.kind !== 'alive') yield news as News;
  },
  auditExport: async function* (signal) {
    const params = { path: { project } };
    const { data } = await client.GET(`${root}/audit/export`, { params, parseAs: 'stream', signal });
    yield* bytesOf(data);
  },
  evidenceFile: async function* (id, signal) {
    const params = { path: { project, id } };
    const { data } = await client.GET(`${root}/evidence/{id}/file`, { params, parseAs: 'stream', signal });
    yield* bytesOf(data);
  },
});

async function* bytesOf(data: ReadableStream<Uint8Array> | null | undefined): AsyncIterable<Uint8Array> {
  if (data === undefined || data === null) return;
  try {
    yield* data as AsyncIterable<Uint8Array>;
  } catch (thrown) {
    throw brokenOff(thrown);
  }
}
