import { Readable } from 'node:stream';
import type { BuilderApi } from '../builder/api.ts';
import { answeringAddress } from '../cli/find/answering.ts';
import { runBuilder } from '../builder/builder.ts';
import { answerOf, type Client, createClient, failureOfAnswer } from '../client/index.ts';
import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { parseProjectFile } from '../lifecycle/declare/parse.ts';
import { localForge } from '../providers/git/forge.ts';
import { builderTokenFile } from './builder-token.ts';
import { dataFolder, type DataFolder } from './data-folder.ts';
import { readOwn } from './files.ts';
import { readAddress } from './address.ts';

const answersWithinMs = 10_000;

/** The builder as it runs on a laptop, where it plays CI: it reaches the control plane with its own token. */
export async function runLaptopBuilder(root: string, log: Log, signal: AbortSignal): Promise<void> {
  const data = dataFolder(root);
  await runBuilder({
    api: await builderApi(data),
    forge: localForge(data.repository),
    clock: systemClock,
    log,
    signal,
    parse: parseProjectFile,
    folder: data.builder,
  });
}

/** Each call goes to a control plane that answers now. */
async function builderApi(data: DataFolder): Promise<BuilderApi> {
  // With each call: the control plane renews it.
  const token = async (): Promise<string> => (await readOwn(builderTokenFile(data))) ?? '';
  const { project } = await readAddress(data);
  const path = { project };
  const url = async (): Promise<string> => (await answeringAddress(data.root)).url;
  const client = async (): Promise<Client> => createClient({ baseUrl: await url(), token: await token() });
  return {
    wantedBuilds: async (waitMs, signal) => {
      using late = giveUpAfter(waitMs + answersWithinMs, signal);
      const asked = {
        params: { path, query: { wait: Math.floor(waitMs / 1000) } },
        signal: late.signal,
      };
      const { items } = await answerOf((await client()).GET('/api/v1/projects/{project}/builds', asked));
      return Array.from(items);
    },
    claim: async (tree) => {
      await (await client()).POST('/api/v1/projects/{project}/builds/{tree}/claim', {
        params: { path: { ...path, tree } },
      });
    },
    fail: async (tree, detail) => {
      const params = { path: { ...path, tree } };
      await (await client()).POST('/api/v1/projects/{project}/builds/{tree}/fail', {
        params,
        body: { detail },
      });
    },
    putArtifact: async (digest, bytes) => {
      const response = await fetch(
        `${await url()}/api/v1/projects/${project}/artifacts/${encodeURIComponent(digest)}`,
        {
          method: 'PUT',
          headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/octet-stream' },
          body: Readable.toWeb(Readable.from(bytes)) as ReadableStream,
          duplex: 'half',
        },
      );
      if (!response.ok) throw await failureOfAnswer(response);
      await response.body?.cancel();
    },
    lastRelease: async () => {
      const params = { path, query: { limit: 1 } };
      const { items } = await answerOf(
        (await client()).GET('/api/v1/projects/{project}/releases', { params }),
      );
      return items[0] ?? null;
    },
    createRelease: async (release) =>
      answerOf(
        (await client()).POST('/api/v1/projects/{project}/releases', { params: { path }, body: release }),
      ),
  };
}

/** A control plane that stands still takes the question, and never answers. */
function giveUpAfter(ms: number, signal: AbortSignal): Disposable & { readonly signal: AbortSignal } {
  const giving = new AbortController();
  const giveUp = (): void => giving.abort();
  const timer = systemClock.after(ms, giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  return {
    signal: giving.signal,
    [Symbol.dispose]: () => {
      timer[Symbol.dispose]();
      signal.removeEventListener('abort', giveUp);
    },
  };
}
