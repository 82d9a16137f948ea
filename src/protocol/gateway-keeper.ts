import type { ServiceName } from '../domain/ids.ts';
import type { ProcessRecord } from './process-record.ts';

/** The small program that starts the gateway again whenever it dies. */
export const keeperName = 'gateway-keeper';
/** A gateway that is in no group of its keeper's: it got another one, or was left to end by itself. */
export const gatewayName = 'gateway';

/** What is kept of it: with the sockets that it holds open. */
export interface KeeperRecord extends ProcessRecord {
  readonly sockets: readonly { readonly service: ServiceName; readonly port: number }[];
}

/**
 * Starts the gateway again whenever it dies, at once; more slowly when it dies again and again. It holds the
 * listening sockets, so that connections wait in the meantime instead of being refused. A shell, because it has to
 * be small, and because a program that never touches the sockets never takes a connection from the gateway.
 *
 * It begins when its standard input ends: at once where that is empty, and where a gateway that lives holds the other
 * end of it, when that gateway has died.
 */
const keepRunning = `read -r _
quick=0; last=0
until "$@"; do
  now=$(date +%s)
  if [ $((now - last)) -lt 5 ]; then quick=$((quick + 1)); else quick=0; fi
  last=$now
  if [ $quick -gt 3 ]; then sleep 1; fi
done`;

const calledAs = 'rung-gateway-keeper';

/** Whether a command line, with zeros between its words, is a keeper's. */
export const isKeeperLine = (line: string): boolean => line.split('\0').includes(calledAs);

/** The keeper's command line, for a gateway's. */
export const keeperCommand = (gateway: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  keepRunning,
  calledAs,
  ...gateway,
];
