import { Readable } from 'node:stream';
import type { BuilderApi } from '../builder/api.ts';
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

async function builderApi(data: DataFolder): Promise<BuilderApi> {
  const { url, project } = await readAddress(data);
  const token = (await readOwn(builderTokenFile(data))) ?? '';
  const client: Client = createClient({ baseUrl: url, token });
  const path = { project };
  return {
    wantedBuilds: async (waitMs, signal) => {
      const asked = { params: { path, query: { wait: Math.floor(waitMs / 1000) } }, signal };
      const { items } = await answerOf(client.GET('/api/v1/projects/{project}/builds', asked));
      return Array.from(items);
    },
    claim: async (tree) => {
      await client.POST('/api/v1/projects/{project}/builds/{tree}/claim', {
        params: { path: { ...path, tree } },
      });
    },
    fail: async (tree, detail) => {
      const params = { path: { ...path, tree } };
      await client.POST('/api/v1/projects/{project}/builds/{tree}/fail', { params, body: { detail } });
    },
    putArtifact: async (digest, bytes) => {
      const response = await fetch(
        `${url}/api/v1/projects/${project}/artifacts/${encodeURIComponent(digest)}`,
        {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
          body: Readable.toWeb(Readable.from(bytes)) as ReadableStream,
          duplex: 'half',
        },
      );
      if (!response.ok) throw await failureOfAnswer(response);
      await response.body?.cancel();
    },
    createRelease: (release) =>
      answerOf(client.POST('/api/v1/projects/{project}/releases', { params: { path }, body: release })),
  };
}
