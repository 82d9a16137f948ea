/**
 * Adds to package-lock.json the platform packages that npm left out because the registry it asked does not serve them
 * (a mirror that has Linux alone, for one). `npm ci` refuses a lock file without them, whatever the platform. Run it
 * after every change of the dependencies: `node scripts/complete-lock.mjs`.
 *
 * An entry added here has no integrity; where the registry serves the package, `npm install` writes it in full.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

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
function platformOf(name) {
  const words = name.split(/[/-]/u);
  const system = systems.find((one) => words.includes(one));
  const processor = processors.find((one) => words.includes(one));
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  if (system === undefined || processor === undefined) return null;
  return { os: [system], cpu: [processor], ...(libc === undefined ? {} : { libc: [libc] }) };
}

const added = [];
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const platform = platformOf(name);
    if (place in lock.packages || platform === null) continue;
    if (!/^\d+\.\d+\.\d+/u.test(version))
      throw new Error(`${name} is asked for as ${version}, not as one version`);
    lock.packages[place] = { version, ...(owner.dev ? { dev: true } : {}), optional: true, ...platform };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([one], [other]) => one.localeCompare(other, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file is complete.' : `Added:\n  ${added.join('\n  ')}`);
