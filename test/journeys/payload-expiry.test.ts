import { describe, expect, it } from 'vitest';
import { exportEventLine, exportHeaderLine, verifyExport } from '../../src/domain/audit/index.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { startChainer } from '../../src/lifecycle/operate/chainer.ts';
import { startPayloadExpiry } from '../../src/lifecycle/operate/payload-expiry.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';

const dayMs = 86_400_000;

const yamlWith = (audit: string): string => `
rung: 1
project: access
${audit}
roles:
  leads: { members: [ada@example.org, bo@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      approvals: { count: 1, from: [leads] }
`;

const kept90 = 'audit: { keep-payloads: 90d }';

/** A log that is a hundred days old, and what is of today. */
async function old(audit: string): Promise<Plane> {
  const plane = await openPlane(yamlWith(audit));
  await plane.release('feat: long ago', { web: 'web 1' });
  await plane.clock.advance(100 * dayMs);
  await plane.release('feat: today', { web: 'web 2' });
  return plane;
}

/** One turn of the daily job, once the clock went evenly for ten minutes. */
async function expire({ parts: { store }, clock }: Plane): Promise<void> {
  const expiry = startPayloadExpiry({ store, clock, log: silentLog });
  await clock.advance(600_000);
  await expiry.stop();
}

const expiredIn = async ({ parts: { store }, project, clock }: Plane) => {
  const events = await store.events(project, 0, 1000);
  const expired = events.filter(({ payload }) => payload === null);
  const isOld = events.filter(({ at }) => at < clock.now() - 90 * dayMs);
  return { all: events.length, expired: expired.length, old: isOld.length };
};

describe('payloads of the log', () => {
  it('are kept for ever unless the project file says how long', async () => {
    const plane = await old('');
    await expire(plane);
    expect((await expiredIn(plane)).expired).toBe(0);
  });

  it('expire after that time, and the log says so and is proved as before', async () => {
    const plane = await old(kept90);
    const { control, project, parts } = plane;
    const before = await control.log(project, { limit: 200, all: true });
    await expire(plane);
    const { all, expired, old: due } = await expiredIn(plane);
    expect(expired).toBe(due);
    expect(expired).toBeGreaterThan(3);
    expect(expired).toBeLessThan(all);
    const after = await control.log(project, { limit: 200, all: true });
    expect(after.items.map(({ message }) => message)).toEqual(before.items.map(({ message }) => message));
    expect(after.items.at(-1)?.payload).toBeNull();
    expect(after.items[0]?.payload).not.toBeNull();

    const key = generateSigningKey();
    const chainer = startChainer({ ...parts, log: silentLog, privateKey: key.privateKey });
    await chainer.stop();
    const checkpoints = await parts.store.checkpoints(project);
    const header = { project, name: 'access', publicKey: key.publicKey, checkpoints };
    const events = await parts.store.events(project, 0, 1000);
    const lines = [exportHeaderLine(header), ...events.map(exportEventLine)].map((line) => line.trimEnd());
    const report = await verifyExport(lines, { controlPlane: [key.publicKey], agents: {} }, []);
    expect(report).toMatchObject({ unaltered: true, findings: [], expiredPayloads: expired });
    const forged = lines.map((line, index) => (index === 1 ? line.replace('was created', 'was made') : line));
    expect((await verifyExport(forged, { controlPlane: [key.publicKey], agents: {} }, [])).unaltered).toBe(
      false,
    );
  });

  it('expire once the approvers of every protected environment agree to keep them for less', async () => {
    const plane = await old('');
    const { control, project } = plane;
    const [ada, bo] = [plane.as('ada@example.org'), plane.as('bo@example.org')];
    await control.applyRules(project, { text: yamlWith(kept90) }, ada);
    await expire(plane);
    expect((await expiredIn(plane)).expired).toBe(0);
    const { proposal } = await control.rulesInForce(project, 'prod');
    expect(proposal?.changes).toEqual([
      { what: 'payloads of the log kept', from: null, to: '90 d', effect: 'weakens' },
    ]);
    await control.approveRules(project, 'prod', { hash: proposal?.hash ?? '' }, bo);
    await expire(plane);
    const { expired, old: due } = await expiredIn(plane);
    expect([expired > 0, expired]).toEqual([true, due]);
  });

  it('are kept for 90 days at the least', () => {
    const read = (audit: string) => () =>
      parseProjectFile(new TextEncoder().encode(yamlWith(audit)), 'rung.yaml').file.audit;
    expect(read(kept90)()).toEqual({ keepPayloadsMs: 90 * dayMs });
    expect(read('audit: { keep-payloads: 89d }')).toThrow('one problem');
    expect(read('audit: { keep-payloads: 9d }')).toThrow('one problem');
  });
});
