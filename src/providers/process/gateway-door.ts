import { request } from 'node:http';
import type { GatewayHealth } from '../../protocol/gateway.ts';

/** What little has to be asked of a gateway by whoever starts and ends it. */

export interface SeenGateway {
  /** Whoever answers without saying so, or takes a call and says nothing, is not draining. */
  readonly phase: GatewayHealth['phase'];
  /** null where it does not say. */
  readonly pid: number | null;
}

const sayWithinMs = 2000;
const longestAnswerChars = 65_536;

/** Null where nobody listens. */
export async function lookAtGateway(socketPath: string): Promise<SeenGateway | null> {
  const said = await ask(socketPath, 'GET', '/health');
  if (said === null) return null;
  try {
    const { phase, pid } = JSON.parse(said) as Partial<GatewayHealth>;
    return {
      phase: phase === 'draining' ? phase : 'serving',
      pid: Number.isSafeInteger(pid) ? (pid ?? null) : null,
    };
  } catch {
    return { phase: 'serving', pid: null };
  }
}

/** Once this resolves, one that answers has let go of its listening sockets; what is open goes on. */
export async function askToClose(socketPath: string): Promise<void> {
  await ask(socketPath, 'POST', '/shutdown');
}

/** What is answered, as far as it comes in time; null where nobody listens. */
function ask(socketPath: string, method: 'GET' | 'POST', path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const sent = request({ socketPath, method, path, agent: false });
    sent.setTimeout(sayWithinMs, () => {
      resolve(said);
      sent.destroy();
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(isNobody(error) ? null : said));
    sent.on('response', (answer) => {
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (said.length < longestAnswerChars) said += chunk;
      });
      answer.on('error', () => resolve(said));
      answer.on('close', () => resolve(said));
    });
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}

const isNobody = ({ code }: NodeJS.ErrnoException): boolean => code === 'ENOENT' || code === 'ECONNREFUSED';
