import { mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodeOf, Failure, isFailure } from '../domain/failure.ts';
import type { ServiceName } from '../domain/ids.ts';
import { systemClock } from '../engine/clock.ts';
import type { ListenFrom } from './listeners.ts';

const compiledAfterMs = 4000;

/**
 * The gateway's process: `main.ts --dir <folder> [--listen own|inherited] [--socket <service>=<descriptor> …] [--kept]`.
 *
 * With `--listen inherited` every service's listening socket was opened by whoever started this process and is passed
 * as a descriptor (3 and up); a service that comes later needs another start. With `--kept` a keeper starts it again
 * when it dies, and it sees to it that there always is one.
 */
async function main(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { dir, listen, isKept } = parseOptions();
  // Clients wait while a gateway starts again, and most of that time is compiling. Kept where only this user writes.
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  enableCompileCache(path.join(dir, 'compiled'));
  const { serve } = await import('./serve.ts');
  await serve(dir, listen, isKept);
  // Not now, when everybody starts at once.
  systemClock.after(compiledAfterMs, flushCompileCache);
}

function parseOptions(): { dir: string; listen: ListenFrom; isKept: boolean } {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      listen: { type: 'string', default: 'own' },
      socket: { type: 'string', multiple: true, default: [] },
      kept: { type: 'boolean', default: false },
    },
  });
  if (values.dir === undefined) throw usage('--dir is missing');
  if (values.listen !== 'own' && values.listen !== 'inherited') throw usage('--listen is own or inherited');
  const descriptors = Object.fromEntries(values.socket.map(parseSocket));
  const listen: ListenFrom = values.listen === 'own' ? { from: 'own' } : { from: 'inherited', descriptors };
  return { dir: path.resolve(values.dir), listen, isKept: values.kept };
}

function parseSocket(text: string): [ServiceName, number] {
  const [, service, fd] = /^([a-z0-9-]{1,40})=(\d{1,4})$/.exec(text) ?? [];
  if (service === undefined || Number(fd) < 3) throw usage('--socket is written as <service>=<descriptor>');
  return [service as ServiceName, Number(fd)];
}

function usage(message: string): Failure {
  return new Failure('invalid', 'gateway-arguments', `The gateway was started wrongly: ${message}.`);
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(exitCodeOf(isFailure(thrown) ? thrown.kind : 'defect'));
});
