import { delimiter, dirname, join } from 'node:path';
import { markVariable } from '../../../protocol/process-record.ts';

/** Only these of our own variables are a service's business. Everything else could be a secret of somebody's. */
const passedOn = ['LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SystemRoot'];

/** What a service, or its smoke test, finds in its environment; with the running Node's folder first in the PATH. */
export function serviceEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  room: { readonly dir: string; readonly nodePath: string },
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = passedOn.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const path = [dirname(room.nodePath), own['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, HOME: join(room.dir, 'home'), ...given };
}

export const serviceVariables = (port: number, mark: string, version: string): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  RUNG_VERSION: version,
  [markVariable]: mark,
});
