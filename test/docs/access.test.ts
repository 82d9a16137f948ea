import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Admission } from '../../src/domain/admission.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { root } from './pages.ts';

const execute = promisify(execFile);
const main = join(root, 'src/main.ts');
const example = join(root, 'examples/access');

const suite = '<testsuite name="access"><testcase name="grants"/></testsuite>';
const handedOver = {
  'junit.xml': suite,
  'sit-final-tests.xml': suite,
  'lcov.info': `SF:services/serve.js\n${'123456789'.replaceAll(/./gu, 'DA:$&,1\n')}DA:10,0\nend_of_record\n`,
  'scan.sarif': '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scanner"}},"results":[]}]}',
  'rollback.md': 'rung rollback prod, then look at the grants\n',
};

/** A command line after the name of who types it; `V` stands for the version. */
type Typed = readonly [person: string, ...words: readonly string[]];

const toSit: Readonly<Record<string, readonly Typed[]>> = {
  tests: [
    ['ada', 'evidence', 'add', 'junit.xml', '--name', 'unit', '--release', 'V'],
    ['ada', 'evidence', 'add', 'junit.xml', '--name', 'integration', '--release', 'V', '--in', 'dev'],
  ],
  coverage: [['ada', 'evidence', 'add', 'lcov.info', '--release', 'V']],
  review: [['ada', 'evidence', 'review', '--release', 'V', '--by', 'bo']],
  scan: [['ada', 'evidence', 'add', 'scan.sarif', '--release', 'V']],
  soak: [],
  stability: [['ada', 'waive', 'stability', 'V', '--to', 'sit', '--reason', 'seconds prove nothing']],
  alarms: [['ada', 'alarm', 'resolve', 'errors', '--in', 'dev']],
  bugs: [['ada', 'evidence', 'count', '0', '--release', 'V', '--tracker', 'jira']],
  'rollback-plan': [
    ['flo', 'rollback-plan', 'V', '--steps', 'rollback.md', '--minutes', '5', '--data-stays-readable'],
    ['bo', 'rollback-plan', 'V', '--read', '--yes'],
  ],
  'ready-for-sit': [
    ['flo', 'checklist', 'ready-for-sit', 'V', '--done', 'QA team notified'],
    ['flo', 'checklist', 'ready-for-sit', 'V', '--done', 'Release notes drafted'],
  ],
};

/** Whether time has opened a gate already is a matter of seconds; and monitoring that once looked goes on looking. */
const staysOpen = (gate: string, version: string): boolean =>
  gate === 'soak' || gate === 'stability' || (gate === 'alarms' && version !== '1.0.0');

const goLive = [
  'Performance testing complete, if applicable',
  'Security review complete',
  'On-call engineer assigned',
  'Stakeholders notified of the maintenance window',
  'DR verification complete',
];

const toProd = (change: string): Readonly<Record<string, readonly Typed[]>> => ({
  tests: [['ada', 'evidence', 'add', 'sit-final-tests.xml', '--name', 'sit', '--release', 'V']],
  soak: [],
  stability: [['ada', 'waive', 'stability', 'V', '--to', 'prod', '--reason', 'seconds prove nothing']],
  alarms: [['ada', 'alarm', 'resolve', 'errors', '--in', 'sit']],
  validation: [['cy', 'validate', 'sit']],
  uat: [['cy', 'uat', 'V', '--in', 'sit', '--accept', '--scenario', 'Grant a right=passed']],
  'change-request': [
    [
      'flo',
      'change-request',
      'create',
      'V',
      '--to',
      'prod',
      '--from',
      'now',
      '--until',
      '+1h',
      '--rollback-minutes',
      '5',
      '--testing',
      'Smoke tests',
      '--communication',
      '#deployments',
    ],
    ['gus', 'change-request', 'approve', change, '--yes'],
  ],
  'go-live': [['flo', 'checklist', 'go-live', 'V', ...goLive.flatMap((item) => ['--done', item])]],
});

describe('the runbook’s project on real processes, by the command line alone', () => {
  let place: string;
  let clone: string;
  let program: ChildProcess;

  const git = (...words: readonly string[]) => execute('git', words, { cwd: clone });
  const type = async (...[person, ...words]: Typed): Promise<{ code: number; stdout: string }> => {
    const line = [main, ...words, '--as', `${person}@example.org`];
    const child = execute(process.execPath, line, { cwd: clone, maxBuffer: 16 * 1024 * 1024 });
    return child.then(
      ({ stdout }) => ({ code: 0, stdout }),
      (failed: { code: number; stdout: string; stderr: string }) => ({
        code: failed.code,
        stdout: `${words.join(' ')}: ${failed.stdout}${failed.stderr}`,
      }),
    );
  };
  const typed = async (...line: Typed): Promise<string> => {
    const { code, stdout } = await type(...line);
    expect(code, stdout).toBe(0);
    return stdout;
  };
  const admission = async (version: string, to: string): Promise<Admission> =>
    (JSON.parse(await typed('ada', 'why', version, '--to', to, '--json')) as { admission: Admission })
      .admission;
  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    for (let left = 200; left > 0; left -= 1) {
      if (await holds()) return;
      await systemClock.sleep(300, new AbortController().signal);
    }
    throw new Error(`waited in vain for ${what}\n${await typed('ada', 'log', '--limit', '30')}`);
  };
  const runs = (name: string, version: string) =>
    until(`${version} in ${name}`, async () => {
      const { environments } = JSON.parse(await typed('ada', 'status', '--json')) as {
        environments: { name: string; release: { version: string } | null; rollout: string | null }[];
      };
      const found = environments.find((one) => one.name === name);
      return found?.release?.version === version && found.rollout === null;
    });
  const gate = async (version: string, to: string, name: string) =>
    (await admission(version, to)).gates.find((one) => one.gate === name)?.state ?? 'none';

  /** Each gate is seen closed and explained by `rung why`, and open after what it asks for. */
  async function open(version: string, to: string, gates: Readonly<Record<string, readonly Typed[]>>) {
    const { blockers } = await admission(version, to);
    for (const [name, lines] of Object.entries(gates)) {
      if (!staysOpen(name, version))
        expect(blockers.find((one) => one.gate === name)?.wayOut, `${name} of ${to}`).toBeTruthy();
      for (const line of lines)
        await typed(...(line.map((word) => (word === 'V' ? version : word)) as unknown as Typed));
      await until(`the gate ${name}`, async () =>
        ['passed', 'waived'].includes(await gate(version, to, name)),
      );
    }
  }

  /** From a commit to where prod takes it: everything but the watch of its rollout. */
  async function climb(message: string, version: string, change: string): Promise<void> {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    await git('push', '--quiet', 'rung', 'develop');
    await runs('dev', version);
    await git('push', '--quiet', 'rung', `develop:release/v${version}`);
    await until('the ask of the release branch', async () =>
      (await typed('ada', 'status')).includes('merged, waits for a person'),
    );
    await open(version, 'sit', toSit);
    await typed('bo', 'promote', version, '--to', 'sit');
    await runs('sit', version);
    await open(version, 'prod', toProd(change));
    await typed('bo', 'promote', version, '--to', 'prod');
    for (const person of ['ada', 'dee']) await typed(person, 'approve', 'prod', '--yes');
  }

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'rung-access-'));
    clone = join(place, 'access');
    await mkdir(clone);
    await cp(join(example, 'rung.fast.yaml'), join(clone, 'rung.yaml'));
    await cp(join(example, 'services'), join(clone, 'services'), { recursive: true });
    for (const [name, text] of Object.entries(handedOver)) await writeFile(join(clone, name), text);
    await writeFile(join(clone, '.gitignore'), '.rung/\n');
    await git('init', '--quiet', '--initial-branch', 'develop');
    await git('config', 'user.email', 'ada@example.org');
    await git('config', 'user.name', 'Ada');
    await git('remote', 'add', 'rung', join(clone, '.rung/repository.git'));
    program = spawn(process.execPath, [main, 'up', '--json'], {
      cwd: clone,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (program.stdout === null) throw new Error('rung up says nothing');
    await once(createInterface(program.stdout), 'line');
  });

  afterAll(async () => {
    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    await ended;
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  });

  it('climbs from the first commit to prod through every gate, and a release that errs is taken back (REL-1, REL-2, REL-9)', async () => {
    await climb('feat: begin', '1.0.0', 'CHG-0001');
    await runs('prod', '1.0.0');
    await writeFile(
      join(clone, 'services/answers.json'),
      '{ "version": "1.1.0", "errorsInAHundred": 30, "slowByMs": 0 }\n',
    );
    await climb('feat: err', '1.1.0', 'CHG-0002');
    const watched = await type('ada', 'watch', 'prod');
    expect(watched.code, watched.stdout).toBe(13);
    await runs('prod', '1.0.0');
    expect(await typed('ada', 'change-request', 'show', 'CHG-0002')).toContain('closed');
  }, 280_000);
});
