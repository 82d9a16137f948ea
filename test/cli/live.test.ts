import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Laptop, laptop } from './control-plane.ts';

let here: Laptop;
beforeAll(async () => {
  here = await laptop();
});
afterAll(() => here.close());

describe('the command line against a real control plane', () => {
  it('shows the ladder of the project that the data folder names', async () => {
    const { exitCode, stdout, stderr } = await here.rung('status');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/ prod[^↑]*↑.*\n {2}staging/u);
  });

  it('lists and shows releases (REL-5)', async () => {
    expect((await here.rung('release', 'list')).stdout).toContain('1.0.0');
    expect((await here.rung('release', 'show', '1.0.0')).stdout).toContain('take orders');
    const listed = JSON.parse((await here.rung('release', 'list', '--json')).stdout) as { items: unknown[] };
    expect(listed.items).toHaveLength(1);
  });

  it('says everything that keeps a release out of prod, and who can lift it (OPS-5, REL-16)', async () => {
    const { exitCode, stdout } = await here.rung('why', '1.0.0', '--to', 'prod');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✗ refused');
    expect(stdout).toContain('staging');
    expect(stdout).toContain('ada@example.org');
  });

  it('is refused where an environment would be skipped, with every blocker (OPS-5)', async () => {
    const { exitCode, stdout, stderr } = await here.rung(
      'promote',
      '1.0.0',
      '--to',
      'prod',
      '--as',
      'ada@example.org',
    );
    expect([exitCode, stdout]).toEqual([11, '']);
    expect(stderr).toContain('✗ refused');
    const asJson = await here.rung('promote', '1.0.0', '--to', 'prod', '--json', '--as', 'ada@example.org');
    expect(JSON.parse(asJson.stderr)).toMatchObject({
      code: 'promotion-refused',
      exitCode: 11,
      facts: { admission: { allowed: false } },
    });
  });

  it('suggests the environment and the release that were meant', async () => {
    expect((await here.rung('why', '1.0.0', '--to', 'pord')).stderr).toContain('Did you mean prod?');
    expect((await here.rung('release', 'show', '1.0.1')).stderr).toContain('Did you mean 1.0.0?');
    expect((await here.rung('validate', 'stagign')).exitCode).toBe(12);
  });

  it('shows what a promotion would do without doing it', async () => {
    const { exitCode, stdout } = await here.rung(
      'promote',
      '1.0.0',
      '--to',
      'dev',
      '--dry-run',
      '--as',
      'ada@example.org',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1.0.0 (its first)');
    expect((await here.controlPlane.promotions(here.project, {})).items).toEqual([]);
  });

  it('asks for a promotion as a member, and the log says who really sat there', async () => {
    const asked = await here.rung(
      'promote',
      '1.0.0',
      '--to',
      'dev',
      '--reason',
      'first',
      '--as',
      'ada@example.org',
      '--json',
    );
    expect(asked.exitCode).toBe(0);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      environment: 'dev',
      reason: 'first',
      requestedBy: { id: 'ada@example.org', actingFrom: 'you@localhost' },
    });
    expect((await here.rung('status')).stdout).toContain('1.0.0 to dev: ◷ waiting to start');
    const { stdout } = await here.rung('log', '--environment', 'dev');
    expect(stdout).toContain('ada@example.org');
  });

  it('makes, lists and revokes a token whose secret is shown once', async () => {
    const made = await here.rung('token', 'create', 'ci', '--scope', 'read', '--as', 'ada@example.org');
    expect([made.exitCode, made.stdout]).toEqual([0, expect.stringMatching(/^rung_\S+\n$/u)]);
    const nobody = await here.rung('token', 'list');
    expect([nobody.exitCode, nobody.stderr]).toEqual([11, expect.stringContaining('has no role')]);
    const listed = await here.rung('token', 'list', '--json', '--as', 'ada@example.org');
    const [token] = JSON.parse(listed.stdout) as [{ id: string }];
    expect((await here.rung('token', 'revoke', token.id, '--as', 'ada@example.org')).stdout).toContain(
      'is revoked',
    );
    expect((await here.rung('token', 'list', '--as', 'ada@example.org')).stdout).toContain('revoked');
  });

  it('gives a link that opens the board', async () => {
    expect((await here.rung('open')).stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#/u);
  });

  it('exports the log', async () => {
    const { exitCode, stdout } = await here.rung('audit', 'export');
    expect(exitCode).toBe(0);
    const [header, ...events] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({ rungAudit: 1, name: 'ladder' });
    expect(events[0]).toMatchObject({ position: 1, kind: 'project.created' });
  });

  it('completes environments by asking the control plane', async () => {
    expect((await here.rung('__complete', 'validate', 'st')).stdout).toContain('staging');
    expect((await here.rung('__complete', 'promote', '1.0.0', '--to', 'p')).stdout).toContain('prod');
  });

  it('follows the log live, and stops in good order', async () => {
    const stop = new AbortController();
    const words = ['log', '--follow', '--json'];
    let seen = 0;
    const following = here.follow(words, stop.signal, (lines) => {
      if (lines.includes('"kind":"environment.declared"')) seen += 1;
      if (lines.includes('followed live')) stop.abort();
    });
    const promotion = (await here.controlPlane.promotions(here.project, { open: true })).items[0];
    expect(promotion).toBeDefined();
    await here.rung('reject', promotion?.id ?? '', '--reason', 'followed live', '--as', 'ada@example.org');
    const { exitCode, stdout, stderr } = await following;
    expect([exitCode, seen]).toEqual([16, 1]);
    expect(JSON.parse(stderr)).toMatchObject({ kind: 'interrupted' });
    const positions = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { position: number }).position);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  });

  it('says that nobody answers where the control plane has gone', async () => {
    const gone = await laptop();
    await gone.stop();
    const { exitCode, stderr } = await gone.rung('status');
    await gone.close();
    expect(exitCode).toBe(15);
    expect(stderr).toContain('Rung does not answer');
  });
});
