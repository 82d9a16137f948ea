import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Api, type ApiOptions, createApi } from '../../src/api/index.ts';
import { type ActorId, instant, type ProjectId, type RoleName } from '../../src/domain/ids.ts';
import type { ProjectFile } from '../../src/domain/project-file/types.ts';
import { type Clock, systemClock } from '../../src/engine/clock.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import { createLaptopIdentity, createSignInFolder } from '../../src/providers/laptop-identity/index.ts';

export const project = {
  id: '0197a1b2-0000-7000-8000-000000000001' as ProjectId,
  name: 'access',
};
export const owner = 'you@localhost' as ActorId;
export const laptopToken = 'a-token-of-this-laptop';

/** What the API needs to know of any project; what a test is about it adds itself. Anything else is an error. */
export function controlPlaneWith(parts: Partial<ControlPlane>): ControlPlane {
  const known: Partial<ControlPlane> = {
    projects: async () => [project],
    project: async () => project,
    rules: async () => file,
    sessionOpened: async () => undefined,
    ...parts,
  };
  return new Proxy(known, {
    get: (target, name) => {
      if (name in target) return target[name as keyof ControlPlane];
      throw new Error(`this test does not expect ${String(name)} to be asked`);
    },
  }) as ControlPlane;
}

const file: ProjectFile = {
  rung: 1,
  project: 'access',
  roles: {
    ['engineering-lead' as RoleName]: { members: ['ada@example.org' as ActorId] },
    ['qa-lead' as RoleName]: { members: ['bo@example.org' as ActorId, 'ada@example.org' as ActorId] },
  },
  services: {},
  environments: {},
  pipelines: {},
};

export interface Logged {
  readonly facts: object;
  readonly message: string;
}

export interface Stage {
  readonly api: Api;
  readonly logged: readonly Logged[];
  readonly folder: string;
  readonly options: ApiOptions;
}

/** A real API on loopback, closed when the test ends. */
export async function stage(
  parts: Partial<ControlPlane> = {},
  options: Partial<ApiOptions> & { readonly clock?: Clock; readonly folder?: string } = {},
): Promise<Stage> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'rung-api-')));
  const clock = options.clock ?? systemClock;
  const signInMemory = createSignInFolder(join(folder, 'sign-ins'), clock);
  const identity = createLaptopIdentity({ clock, memory: signInMemory });
  const logged: Logged[] = [];
  const note = (facts: object, message: string): void => void logged.push({ facts, message });
  const all: ApiOptions = {
    controlPlane: controlPlaneWith(parts),
    clock,
    log: { info: note, warn: note, error: note },
    identity,
    signInMemory,
    sessionKey: randomBytes(32),
    listen: { host: '127.0.0.1', port: 0 },
    webFolder: null,
    laptop: { owner, links: identity, token: Buffer.from(`${laptopToken}\n`) },
    ...options,
  };
  const api = await createApi(all);
  onTestFinished(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { api, logged, folder, options: all };
}

/** Calls as the laptop's command line does. */
export const byToken = (headers: Record<string, string> = {}): Record<string, string> => ({
  authorization: `Bearer ${laptopToken}`,
  ...headers,
});

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is not JSON. */
  readonly body: AnswerBody;
}

/** What tests read of an answer. That it is there is for them to find out. */
export interface AnswerBody {
  readonly code: string;
  readonly kind: string;
  readonly problems: readonly { readonly pointer: string }[];
  readonly facts: { readonly defect: string };
  readonly items: readonly unknown[];
  readonly mayActAs: readonly unknown[];
  readonly viewer: { readonly mayActAs: readonly unknown[] };
  readonly url: string;
  readonly secret: string;
  readonly openapi: string;
}

export async function call(
  api: Pick<Api, 'address'>,
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${api.address}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = /json($|;)/.test(response.headers.get('content-type') ?? '');
  const body = (isJson ? JSON.parse(text) : {}) as AnswerBody;
  return { status: response.status, headers: response.headers, text, body };
}

/** What `fetch` does not let one say, such as another Host. */
export function rawCall(
  api: Pick<Api, 'port'>,
  options: { readonly path: string; readonly headers: Record<string, string>; readonly method?: string },
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: api.port, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.on('error', reject).end();
  });
}

/** Follows a link as the page behind it does; gives the cookie to send from then on. */
export async function signIn(api: Api): Promise<Record<string, string>> {
  const answer = await redeem(api, await codeOf(api));
  return { cookie: cookieOf(answer), origin: api.address };
}

export const codeOf = async (api: Api): Promise<string> =>
  new URL((await api.signInLink(owner)).url).hash.slice(1);

export const redeem = (api: Api, code: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(api, 'POST', '/api/v1/sign-in', {
    headers: { origin: api.address, ...headers },
    body: { method: 'one-time-link', parameters: { code } },
  });

export const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

export const startOfTime = instant(Date.UTC(2026, 0, 1));
