import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DownAsk, RunningProgram, StarterAsk, UpAsk } from '../../src/cli/programs.ts';
import { Failure } from '../../src/domain/failure.ts';
import { temporaryFolder, typed } from './terminal.ts';

describe('rung check', () => {
  it('prints every problem with its file, line and column', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'rung.yaml'), 'rung: 1\n');
    const problems = [
      {
        message: '`enviroments` is not known here.',
        instead: '`environments`',
        place: { file: 'rung.yaml', line: 3, column: 1 },
      },
      { message: '`project` is missing.', place: { file: 'rung.yaml', line: 1, column: 1 } },
    ];
    const programs = {
      checkProjectFile: () =>
        Promise.reject(
          new Failure('invalid', 'project-file-invalid', 'rung.yaml has 2 problems.', { problems }),
        ),
    };
    const { exitCode, stderr } = await typed(['check'], { cwd, programs });
    expect(exitCode).toBe(10);
    expect(stderr).toBe(
      [
        '✗ rung.yaml has 2 problems.',
        '  rung.yaml:3:1  `enviroments` is not known here.',
        '    → `environments`',
        '  rung.yaml:1:1  `project` is missing.',
        '  more: rung explain project-file-invalid',
        '',
      ].join('\n'),
    );
    const asJson = await typed(['check', '--json'], { cwd, programs });
    expect(JSON.parse(asJson.stderr)).toMatchObject({ code: 'project-file-invalid', problems });
  });

  it('says that there is no such file', async () => {
    expect(await typed(['check', 'none.yaml'], { cwd: await temporaryFolder() })).toMatchObject({
      exitCode: 12,
    });
  });
});

describe('rung init', () => {
  it('writes a first file from what is there, and never over one that is', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'services', 'web'), { recursive: true });
    await mkdir(join(cwd, 'node_modules', 'left-pad'), { recursive: true });
    await writeFile(join(cwd, 'services', 'web', 'package.json'), '{"scripts":{"start":"node server.js"}}');
    await writeFile(join(cwd, 'node_modules', 'left-pad', 'package.json'), '{}');
    const asks: StarterAsk[] = [];
    const programs = {
      starterFile: async (ask: StarterAsk) => {
        asks.push(ask);
        return 'rung: 1\n';
      },
    };
    const { exitCode, stdout } = await typed(['init', '--name', 'access'], { cwd, programs });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('found services/web/package.json');
    expect(asks).toEqual([
      {
        projectName: 'access',
        files: [{ path: 'services/web/package.json', text: '{"scripts":{"start":"node server.js"}}' }],
      },
    ]);
    await writeFile(join(cwd, 'rung.yaml'), 'mine');
    expect((await typed(['init'], { cwd, programs })).exitCode).toBe(13);
    expect(await readFile(join(cwd, 'rung.yaml'), 'utf8')).toBe('mine');
    expect(asks[1]?.projectName).toBe(
      basename(cwd)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/gu, '-'),
    );
  });

  it('writes it beside what it cannot look into', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'data', 'package.json'), { recursive: true });
    await writeFile(join(cwd, 'package.json'), JSON.stringify({ about: 'x'.repeat(70_000) }));
    await mkdir(join(cwd, 'locked'), { mode: 0o000 });
    const programs = { starterFile: async () => 'rung: 1\n' };
    expect((await typed(['init'], { cwd, programs })).exitCode).toBe(0);
    expect(await readFile(join(cwd, 'rung.yaml'), 'utf8')).toBe('rung: 1\n');
  });
});

describe('rung up and down', () => {
  it('starts from a folder of its own where there is none above', async () => {
    const cwd = await temporaryFolder();
    const asks: UpAsk[] = [];
    const programs = {
      up: async (ask: UpAsk) => {
        asks.push(ask);
      },
    };
    await typed(['up', '--port', '4100'], { cwd, programs, env: {} });
    expect(asks[0]).toMatchObject({
      dataFolder: join(cwd, '.rung'),
      file: join(cwd, 'rung.yaml'),
      port: 4100,
    });
    expect((await typed(['up', '--port', '70000'], { cwd, programs })).exitCode).toBe(10);
  });

  it('says what it would end, ends it, and deletes data only when told twice', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, '.rung'));
    const asks: DownAsk[] = [];
    const agent: RunningProgram = { name: 'prod agent', pid: 4711 };
    const programs = {
      running: async () => [agent],
      down: async (ask: DownAsk) => {
        asks.push(ask);
        return [agent];
      },
    };
    const around = { cwd, programs, env: {} };
    expect((await typed(['down', '--dry-run'], around)).stdout).toContain('stop prod agent (process 4711)');
    expect((await typed(['down', '--remove-data'], around)).exitCode).toBe(10);
    expect(asks).toEqual([]);
    expect((await typed(['down'], around)).stdout).toBe('✓ Stopped 1 program: prod agent.\n');
    await typed(['down', '--remove-data', '--yes'], around);
    expect(asks).toEqual([
      { dataFolder: join(cwd, '.rung'), removeData: false },
      { dataFolder: join(cwd, '.rung'), removeData: true },
    ]);
  });
});
