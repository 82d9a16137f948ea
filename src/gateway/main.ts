import path from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { exitCodeOf, Failure, isFailure } from '../domain/failure.ts';
import type { ServiceName } from '../domain/ids.ts';
import { systemClock } from '../engine/clock.ts';
import { bootId } from './boot.ts';
import { refuseSecondGateway, serveControl } from './control-server.ts';
import { startGateway } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import type { ListenFrom } from './listeners.ts';

/**
 * The gateway's process: `main.ts --dir <folder> [--listen own|inherited] [--socket <service>=<descriptor> …]`.
 *
 * With `--listen inherited` every service's listening socket was opened by whoever started this process and is passed
 * as a descriptor (3 and up); a service that comes later needs another start. It ends on SIGTERM, SIGINT or
 * `POST /shutdown`, having drained. It logs JSON lines to stdout and does not mind when nobody reads them.
 */
async function main(): Promise<void> {
  const { dir, listen } = parseOptions();
  await refuseSecondGateway(dir);
  const destination = pino.destination({ fd: 1, sync: false });
  destination.on('error', () => undefined);
  const log = pino({ name: 'gateway', base: { pid: process.pid } }, destination);
  const gateway = await startGateway({ dir, clock: systemClock, log, listen, boot: bootId() });
  survive(gateway);
  const close = (): void => {
    gateway
      .shutdown()
      .then(() => control.close())
      .then(() => process.exit(0))
      .catch((thrown: unknown) => {
        gateway.noteDefect(thrown);
        process.exit(exitCodeOf('defect'));
      });
  };
  const control = await serveControl(gateway, dir, close);
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

/** What goes wrong with one connection must not end all the others. It is logged, and named in the health. */
function survive(gateway: Gateway): void {
  process.on('uncaughtException', (thrown) => gateway.noteDefect(thrown));
  process.on('unhandledRejection', (thrown) => gateway.noteDefect(thrown));
  process.on('SIGHUP', () => undefined);
}

function parseOptions(): { dir: string; listen: ListenFrom } {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      listen: { type: 'string', default: 'own' },
      socket: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.dir === undefined) throw usage('--dir is missing');
  if (values.listen !== 'own' && values.listen !== 'inherited') throw usage('--listen is own or inherited');
  const descriptors = Object.fromEntries(values.socket.map(parseSocket));
  const listen: ListenFrom = values.listen === 'own' ? { from: 'own' } : { from: 'inherited', descriptors };
  return { dir: path.resolve(values.dir), listen };
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
