import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, blocksOf, pageAt, root } from './pages.ts';

/** What the reader does by looking: waits until an environment runs a version, for two minutes at the most. */
const waitUntil = `wait-until() {
  for try in $(seq 240); do
    if rung status --json 2> /dev/null | node -e '
      const { environments } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      const [name, version] = process.argv.slice(1);
      const found = environments.find((one) => one.name === name);
      process.exit(found.release?.version === version && found.rollout === null ? 0 : 1);
    ' "$1" "$2"; then return 0; fi
    sleep 0.5
  done
  echo "$1 did not come to run $2"; rung log --limit 20; return 1
}`;

const isRun = ({ language, marks }: Block): boolean => language === 'sh' && marks.includes('run');

/** A block as a part of one script: each ends it when a command does not end as the guide says. */
function partOf({ marks, text }: Block): string {
  const expected = marks.find((mark) => mark.startsWith('exit='))?.slice('exit='.length);
  if (marks.includes('background'))
    return `${text.trim()} > ../up.log 2>&1 &\nuntil grep -q 'works once' ../up.log; do\n  kill -0 $! || { cat ../up.log; exit 1; }\n  sleep 0.1\ndone`;
  if (expected !== undefined)
    return `code=0\n${text.trim()} || code=$?\n[ "$code" -eq ${expected} ] || exit 1`;
  return text.trim();
}

describe('the guides, run as they stand', () => {
  let place: string;
  let shell: ChildProcess;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'rung-guide-'));
    const rung = join(place, 'rung');
    await writeFile(rung, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/main.ts')}' "$@"\n`);
    await chmod(rung, 0o755);
    await writeFile(join(place, 'gitconfig'), '[user]\n  name = Ada\n  email = ada@example.org\n');
  });

  afterAll(async () => {
    if (shell.exitCode === null) shell.kill('SIGKILL');
    const down = spawn(join(place, 'rung'), ['down', '--data', join(place, 'shop/.rung'), '--yes'], {
      stdio: 'ignore',
    });
    await once(down, 'exit');
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  });

  it('the first project: init, up, push, promote, approve, roll back, as the guide says', async () => {
    const blocks = blocksOf(pageAt('docs/guides/first-project.md')).filter(isRun);
    expect(blocks.length).toBeGreaterThan(10);
    const script = ['set -euo pipefail', waitUntil, 'set -x', ...blocks.map(partOf)].join('\n');
    const { code, output } = await run(script);
    expect(code, output).toBe(0);
    expect(output).toMatch(/1\.2\.0 in prod: taken back/u);
  }, 300_000);

  it('trying rules: all scenarios of the example, one with its page, and one with several seeds', async () => {
    const blocks = blocksOf(pageAt('docs/guides/simulate.md')).filter(isRun);
    expect(blocks.length).toBe(3);
    const script = ['set -euo pipefail', `cp -r '${join(root, 'examples/ladder')}' ladder`, 'cd ladder'];
    const { code, output } = await run([...script, ...blocks.map(partOf), 'test -s leak.html'].join('\n'));
    expect(code, output).toBe(0);
    expect(output).toMatch(/(\d+) of \1 scenarios ended as expected/u);
  }, 300_000);

  async function run(script: string): Promise<{ readonly code: number | null; readonly output: string }> {
    const kept = Object.entries(process.env).filter(([name]) => !/^(?:RUNG_|GIT_|DATABASE_URL)/u.test(name));
    const environment = Object.fromEntries(kept);
    shell = spawn('bash', ['-c', script], {
      cwd: place,
      env: {
        ...environment,
        PATH: [place, join(root, 'node_modules/.bin'), environment['PATH']].join(delimiter),
        GIT_CONFIG_GLOBAL: join(place, 'gitconfig'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => void (output += text));
    const [code] = (await once(shell, 'close')) as [number | null];
    return { code, output };
  }
});
