import { chmod, rm } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import type { AgentFigures, FiguresText } from './figures.ts';

/** Serves the agent's figures for Prometheus on a Unix socket that only its owner may open. */
export async function agentMetrics(socketPath: string, read: () => AgentFigures): Promise<Disposable> {
  const server = createServer((_request, response) => {
    answer(response, read()).catch(() => response.writeHead(500).end());
  });
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
  server.unref();
  return {
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

let loading: Promise<FiguresText> | undefined;
/** Loaded with the first question: an agent that is started again has to be at work before anybody asks. */
const loaded = (): Promise<FiguresText> =>
  (loading ??= import('./figures.ts').then(({ figuresText }) => figuresText()));

async function answer(response: ServerResponse, figures: AgentFigures): Promise<void> {
  const { contentType, text } = await loaded();
  response.writeHead(200, { 'content-type': contentType }).end(await text(figures));
}
