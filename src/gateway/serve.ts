import pino from 'pino';
import { exitCodeOf } from '../domain/failure.ts';
import { systemClock } from '../engine/clock.ts';
import { LogLines } from '../disk/log-lines.ts';
import { bootId } from './boot.ts';
import { refuseSecondGateway, serveControl } from './control-server.ts';
import { startGateway } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import type { ListenFrom } from './listeners.ts';
import { OwnKeeper } from './own-keeper.ts';

/**
 * Serves until SIGTERM, SIGINT or `POST /shutdown`, then drains and ends the process. Logs JSON lines to stdout and
 * does not mind when nobody reads them.
 * @throws Failure conflict `gateway-running`
 */
export async function serve(dir: string, listen: ListenFrom, isKept: boolean): Promise<void> {
  await refuseSecondGateway(dir);
  const log = pino({ name: 'gateway', base: { pid: process.pid } }, new LogLines(1, systemClock));
  const gateway = await startGateway({ dir, clock: systemClock, log, listen, boot: bootId() });
  survive(gateway);
  const keeper =
    isKept && listen.from === 'inherited'
      ? new OwnKeeper(dir, Object.values(listen.descriptors), systemClock, log)
      : null;
  const close = (): void => {
    keeper?.[Symbol.dispose]();
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
