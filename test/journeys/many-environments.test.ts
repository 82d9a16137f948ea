import { describe, expect, it } from 'vitest';
import type { Digest, EnvironmentId, ProjectId } from '../../src/domain/ids.ts';
import type { Filter, Reader, Store, Transaction } from '../../src/engine/store.ts';
import { everyOne } from '../../src/lifecycle/lookup.ts';
import { createControlPlane, createReconcilers } from '../../src/lifecycle/control-plane.ts';
import type { Caller, ControlPlane } from '../../src/lifecycle/face.ts';
import { pictureOf } from '../../src/lifecycle/read/project-picture.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { minuteMs } from './ladder.kit.ts';

const names = (count: number): readonly string[] => [...Array(count).keys()].map((index) => `prod-${index}`);

const yamlWith = (count: number, approvers: number): string => `
rung: 1
project: wide
roles:
  leads: { members: [ada@example.org, bo@example.org, cy@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
${names(count)
  .map(
    (name) => `  before-${name}: { tier: development, source: develop, deploy: on-merge }
  ${name}: { tier: production, windows: ["Mon 09:00-10:00 UTC"] }`,
  )
  .join('\n')}
pipelines:
${names(count)
  .map(
    (name) => `  to-${name}:
    - environment: before-${name}
    - environment: ${name}
      gates: [smoke, alarms, review]
      approvals: { count: ${approvers}, from: [leads] }
      waive: [leads]`,
  )
  .join('\n')}
`;

const monitoring: Caller = {
  actor: { kind: 'token', id: 'monitoring' as never, name: 'monitoring' },
  scopes: ['evidence'],
  person: null,
};

/** Everything that an environment can have waits in each of them: a promotion, weaker rules, an alarm, an exception. */
async function wide(count: number): Promise<Plane> {
  const plane = await openPlane(yamlWith(count, 2));
  const { control, project, clock } = plane;
  for (const { name } of plane.declared.environments) simulateAgent(plane, name);
  const release = await plane.release('feat: begin', { web: 'web 1' });
  await clock.advance(minuteMs);
  const ada = plane.as('ada@example.org');
  for (const to of names(count)) {
    await control.requestPromotion(project, { release, to }, ada);
    await control.postAlarm(project, to, { name: 'disk', state: 'firing' }, monitoring);
    const until = (clock.now() + minuteMs) as never;
    await control.makeException(project, { environment: to, to: until, reason: 'try' }, ada);
  }
  await control.applyRules(project, { text: yamlWith(count, 1) }, ada);
  await clock.advance(minuteMs);
  return plane;
}

const counting = (reader: Reader, ask: () => void): Reader => ({
  get: (...of) => (ask(), reader.get(...of)),
  list: (...of) => (ask(), reader.list(...of)),
  samplesAfter: (...of) => (ask(), reader.samplesAfter(...of)),
});

/** The same control plane, and how many questions it put to its store. */
function counted(plane: Plane): { readonly control: ControlPlane; readonly asked: () => number } {
  let asked = 0;
  const { store } = plane.parts;
  // Nothing else of it is asked by the pages that are looked at.
  const watched = {
    head: (of: ProjectId) => store.head(of),
    eventsBefore: (...of: Parameters<Store['eventsBefore']>) => store.eventsBefore(...of),
    read: <T>(work: (reader: Reader) => Promise<T>) =>
      store.read((reader) => work(counting(reader, () => (asked += 1)))),
  } as Store;
  return { control: createControlPlane({ ...plane.parts, store: watched }), asked: () => asked };
}

/** One look over all environments: what it asked its store, and what it woke. */
async function lookedOver({ parts, project, clock }: Plane) {
  let asked = 0;
  const woken: string[] = [];
  const reconciler = createReconcilers(parts).find(({ kind }) => kind === 'project');
  await parts.store.transaction(async (tx) => {
    const seen = counting(tx, () => (asked += 1));
    const wake: Transaction['wake'] = async (wakeUps) => void woken.push(...wakeUps.map(({ key }) => key));
    await reconciler?.reconcile(
      { ...(tx as object), ...seen, wake } as Transaction,
      project,
      project,
      clock.now(),
    );
  });
  return { asked, woken: woken.toSorted() };
}

type Page = (control: ControlPlane, plane: Plane) => Promise<unknown>;

const pages: Readonly<Record<string, Page>> = {
  board: (control, plane) => control.board(plane.project, plane.as('ada@example.org')),
  environments: (control, { project }) => control.environments(project, {}),
  calendar: (control, { project }) => control.calendar(project, {}),
  'open promotions': (control, { project }) => control.promotions(project, { open: true }),
};

describe('a project with many environments', () => {
  it('asks its store no more for a page than one with few does (OPS-9)', async () => {
    const asked = async (count: number): Promise<Readonly<Record<string, number>>> => {
      const plane = await wide(count);
      const found: Record<string, number> = {};
      for (const [name, page] of Object.entries(pages)) {
        const { control, asked: questions } = counted(plane);
        await page(control, plane);
        found[name] = questions();
      }
      return found;
    };
    const few = await asked(3);
    expect(Math.min(...Object.values(few))).toBeGreaterThan(3);
    expect(await asked(24)).toEqual(few);
  });

  it('is looked over with as many questions as one with few, and only what waits is woken', async () => {
    const [few, many] = [await wide(3), await wide(24)];
    const { items } = await many.control.promotions(many.project, { open: true });
    const { asked, woken } = await lookedOver(many);
    expect(woken).toEqual(items.map(({ id }) => `promotion/${id}`).toSorted());
    expect(woken).toHaveLength(24);
    expect(asked).toBe((await lookedOver(few)).asked);
  });

  it('follows a file that lets automation ask, wherever there is something to ask for', async () => {
    const byHand = yamlWith(2, 1).replaceAll('tier: production,', 'tier: staging,');
    const plane = await openPlane(byHand);
    simulateAgent(plane, 'before-prod-1');
    const release = await plane.release('feat: begin', { web: 'web 1' });
    await plane.clock.advance(minuteMs);
    const automatic = byHand.replaceAll('tier: staging,', 'tier: staging, deploy: automatic,');
    await plane.control.applyRules(plane.project, { text: automatic }, plane.as('ada@example.org'));
    const { proposal } = await plane.control.rulesInForce(plane.project, 'prod-1');
    const approval = { hash: proposal?.hash ?? '' };
    await plane.control.approveRules(plane.project, 'prod-1', approval, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    const { items } = await plane.control.promotions(plane.project, { open: true });
    const asked = items.filter(({ requestedBy }) => requestedBy.kind === 'automation');
    expect(asked.map(({ environment, release: { version } }) => [environment, version])).toContainEqual([
      'prod-1',
      release,
    ]);
  });

  it('is looked over where one of them cannot be told of, and that one has its trouble alone', async () => {
    const plane = await wide(3);
    const { store } = plane.parts;
    const [odd] = await store.read((tx) =>
      everyOne(tx, plane.project, 'environment', { name: ['before-prod-1'] }),
    );
    if (odd === undefined) throw new Error('it is not there');
    const rules = { ...odd.value.rules, file: 'sha256:gone' as Digest };
    await store.transaction((tx) =>
      tx.put(plane.project, 'environment', odd.value.id, { ...odd.value, rules }, odd.version),
    );
    const { woken } = await lookedOver(plane);
    expect(woken).toContain(`environment/${odd.value.id}`);
    expect(woken.filter((key) => key.startsWith('promotion/'))).toHaveLength(3);
  });

  it('shows of each what stands there and what waits', async () => {
    const plane = await wide(3);
    const { environments, ways } = await plane.control.board(plane.project, plane.as('ada@example.org'));
    for (const name of names(3)) {
      const shown = environments.find((one) => one.name === name);
      const alone = await plane.control.environment(plane.project, name);
      expect(shown).toEqual(alone);
      expect([shown?.alarms.firing, shown?.rules.waiting?.needed]).toEqual([1, 2]);
      expect(ways.find(({ to }) => to === name)?.promotion).not.toBeNull();
    }
  });

  it.each([
    ['all of it', null],
    ['a part of it', ['prod-2', 'before-prod-2']],
    ['another part of it', ['prod-0']],
  ] as const)('is read for a page of %s as the store would answer, page by page', async (_, names) => {
    const { parts, project, declared } = await wide(4);
    const one = declared.environments.find(({ name }) => name === 'prod-2');
    const environment = one?.id as EnvironmentId;
    const kinds = [
      'environment',
      'observation',
      'agent',
      'alarm',
      'promotion',
      'proposal',
      'exception',
    ] as const;
    const filters: readonly Filter[] = [
      {},
      { environment },
      { phase: ['waiting'] },
      { environment, phase: ['waiting', 'running'] },
      { environment, phase: ['standing'] },
      { environment, phase: ['succeeded'] },
      { name: 'prod-2' },
      { name: 'nobody', environment },
    ];
    await parts.store.read(async (reader) => {
      const within =
        names === null
          ? null
          : { names, environments: await everyOne(reader, project, 'environment', { name: names }) };
      const picture = pictureOf(reader, project, within);
      for (const { id, agent } of declared.environments)
        for (const [kind, key] of [
          ['environment', id],
          ['agent', agent],
          ['alarm', id],
        ] as const)
          expect(keptOf(await picture.get(project, kind, key))).toEqual(
            keptOf(await reader.get(project, kind, key)),
          );
      for (const kind of kinds)
        for (const filter of filters) {
          const [first, same] = [
            await picture.list(project, kind, filter, { limit: 2 }),
            await reader.list(project, kind, filter, { limit: 2 }),
          ];
          expect([first.next, first.items.map(valueOf)]).toEqual([same.next, same.items.map(valueOf)]);
          const after = first.next === null ? {} : { after: first.next };
          const [rest, sameRest] = [
            await picture.list(project, kind, filter, after),
            await reader.list(project, kind, filter, after),
          ];
          expect(rest.items.map(valueOf)).toEqual(sameRest.items.map(valueOf));
        }
    });
  });
});

const valueOf = ({ value, version }: { readonly value: unknown; readonly version: number }): unknown => [
  value,
  version,
];

const keptOf = (stored: Parameters<typeof valueOf>[0] | undefined): unknown =>
  stored === undefined ? undefined : valueOf(stored);
