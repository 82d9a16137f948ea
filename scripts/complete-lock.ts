import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds to package-lock.json the platform packages that npm left out because the registry it asked does not serve them
 * (a mirror that has Linux alone, for one). `npm ci` refuses a lock file without them, whatever the platform. Run it
 * after every change of the dependencies: `node scripts/complete-lock.ts`.
 *
 * An entry added here has no integrity; where the registry serves the package, `npm install` writes it in full.
 */
interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, Entry>;
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 's390x', 'riscv64', 'x64', 'wasm32'];

/** What a platform package's name says about where it belongs: `…/binding-linux-arm64-musl`. */
function platformOf(name: string): Entry | null {
  const words = name.split(/[/-]/u);
  const system = systems.find((one) => words.includes(one));
  const processor = processors.find((one) => words.includes(one));
  if (system === undefined || processor === undefined) return null;
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : null;
  return { os: [system], cpu: [processor], ...(libc === null ? {} : { libc: [libc] }) };
}

function leftOut({ packages }: Lock): Record<string, Entry> {
  const found: Record<string, Entry> = {};
  for (const owner of Object.values(packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      const platform = platformOf(name);
      if (place in packages || platform === null) continue;
      if (!/^\d+\.\d+\.\d+/u.test(version))
        throw new Error(`${name} is asked for as ${version}, not as one version`);
      found[place] = { version, ...(owner.dev === true ? { dev: true } : {}), optional: true, ...platform };
    }
  }
  return found;
}

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
const added = leftOut(lock);
const all = Object.entries({ ...lock.packages, ...added });
lock.packages = Object.fromEntries(all.toSorted(([one], [other]) => one.localeCompare(other, 'en')));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added to the lock file: ${Object.keys(added).join(', ') || 'nothing, it is complete'}`);
