import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sampleOf } from './examples.ts';
import { pathOf } from './examples/sample.ts';
import type { Scene } from './scene.ts';
import type { Scenes } from './scenes.ts';

/** Who makes up calls asks here for one that goes through: `GET /<operation>` answers with it. */
export interface Samples extends AsyncDisposable {
  readonly address: string;
}

export async function serveSamples(scenes: Scenes): Promise<Samples> {
  const server = createServer((request, response) => {
    void answer(scenes, (request.url ?? '').slice(1), response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => closed(server) };
}

async function answer(scenes: Scenes, operation: string, response: ServerResponse): Promise<void> {
  try {
    response.end(JSON.stringify(await tellable(await scenes.sceneFor(operation), operation)));
  } catch (thrown) {
    response.writeHead(500).end(String(thrown));
  }
}

async function tellable(scene: Scene, operation: string): Promise<object> {
  const sample = await sampleOf(operation, scene);
  const { body, bytes } = sample;
  return { path: pathOf(sample, scene.project), body: body ?? null, bytes: bytes ?? null };
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
