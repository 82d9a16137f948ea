import { beforeAll, describe, expect, it } from 'vitest';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { ProjectId } from '../../src/domain/ids.ts';
import type { Reader, Store } from '../../src/engine/store.ts';
import { createControlPlane } from '../../src/lifecycle/control-plane.ts';
import type { BoardQuery, ControlPlane } from '../../src/lifecycle/face.ts';
import type { BoardView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { planeOf } from '../kit/plane.ts';
import { minuteMs } from './ladder.kit.ts';

const regions = (count: number): readonly string[] =>
  [...Array(count).keys()].map((index) => `r${String(index).padStart(2, '0')}`);

/** A ladder of two for each region; `spare` stands on none. */
const yamlWith = (count: number, approvers = 2, spare = true): string => `
rung: 1
project: wide
roles:
  leads: { members: [ada@example.org, bo@example.org, cy@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
${spare ? '  spare: { tier: development }' : ''}
${regions(count)
  .map(
    (name) => `  dev-${name}: { tier: development, source: develop, deploy: on-merge }
  ${name}: { tier: production }`,
  )
  .join('\n')}
pipelines:
${regions(count)
  .map(
    (name) => `  to-${name}:
    - environment: dev-${name}
    - environment: ${name}
      approvals: { count: ${approvers}, from: [leads] }`,
  )
  .join('\n')}
`;

/** Its agent is away: what goes there does not arrive. */
const lonely = 'r29';

async function regionsDeclared(count: number): Promise<Plane> {
  const plane = await planeOf(yamlWith(count), 1);
  for (const { name } of plane.declared.environments) if (name !== lonely) simulateAgent(plane, name);
  await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  return plane;
}

const boardOf = (plane: Plane, query: BoardQuery = {}, person = 'ada@example.org'): Promise<BoardView> =>
  plane.control.board(plane.project, plane.as(person), query);

const namesOn = ({ environments }: BoardView): readonly string[] => environments.map(({ name }) => name);

async function allPages(plane: Plane, query: BoardQuery = {}): Promise<readonly BoardView[]> {
  const pages = [await boardOf(plane, query)];
  for (let next = pages[0]?.page.next ?? null; next !== null; next = pages.at(-1)?.page.next ?? null)
    pages.push(await boardOf(plane, { ...query, after: next }));
  return pages;
}

describe('the board of a project with many environments', () => {
  let plane: Plane;
  beforeAll(async () => {
    plane = await regionsDeclared(30);
    return () => plane.close();
  });

  it('comes page by page, each environment once and in the order of the project file (OPS-9)', async () => {
    const pages = await allPages(plane);
    expect(pages.map(({ environments }) => environments.length)).toEqual([20, 20, 20, 1]);
    const inFile = regions(30).flatMap((name) => [`dev-${name}`, name]);
    expect(pages.flatMap(namesOn)).toEqual([...inFile, 'spare']);
    expect(pages[1]?.page).toEqual({ environments: 61, found: 61, before: 20, previous: '0', next: '40' });
    expect(pages.every(({ ways, environments }) => ways.length === Math.floor(environments.length / 2))).toBe(
      true,
    );
  });

  it('shows on a page what a board that has room for all shows of these environments', async () => {
    const whole = await boardOf(plane, { limit: 200 });
    const [, second] = await allPages(plane);
    const isHere = ({ name }: { readonly name: string }): boolean =>
      namesOn(second as BoardView).includes(name);
    expect(whole.page).toEqual({ environments: 61, found: 61, before: 0, previous: null, next: null });
    expect(second?.environments).toEqual(whole.environments.filter(isHere));
    expect(second?.ways).toEqual(whole.ways.filter(({ to }) => isHere({ name: to })));
    expect(second?.viewer).toEqual(whole.viewer);
  });

  it('is searched by letters of a name, and by an environment’s whole name', async () => {
    const found = await boardOf(plane, { search: 'R1' });
    expect(namesOn(found)).toHaveLength(20);
    expect(found.page).toMatchObject({ environments: 61, found: 20, next: null });
    expect(namesOn(await boardOf(plane, { environment: 'r17' }))).toEqual(['dev-r17', 'r17']);
    expect(await boardOf(plane, { search: 'nowhere' })).toMatchObject({
      environments: [],
      page: { found: 0 },
    });
    await expect(boardOf(plane, { environment: 'nowhere' })).rejects.toMatchObject({
      kind: 'absent',
      code: 'environment-unknown',
    });
  });

  it('says first what wants attention, on whatever page it is (REL-11, OPS-8)', async () => {
    const { control, project, clock } = plane;
    const [{ version } = { version: '' }] = (await control.releases(project, {})).items;
    const to = lonely;
    await control.requestPromotion(project, { release: version, to }, plane.as('cy@example.org'));
    const first = await boardOf(plane);
    expect(namesOn(first)).not.toContain(to);
    expect(first.promotions.map(({ environment }) => environment)).toEqual([to]);
    expect(first.asked).toEqual(first.promotions.map(({ id }) => id));
    for (const person of ['ada@example.org', 'bo@example.org']) {
      const [promotion] = (await boardOf(plane)).promotions;
      if (promotion === undefined) throw new Error('nothing is asked for');
      await control.approve(project, promotion.id, { planHash: promotion.plan.hash }, plane.as(person));
    }
    await clock.advance(1000);
    const live = await boardOf(plane);
    expect(live.rollouts.map(({ environment }) => environment)).toContain(to);
    expect(live.promotions.map(({ state }) => state.phase)).toEqual(['running']);
    const weaker = parseProjectFile(new TextEncoder().encode(yamlWith(30, 1)), 'rung.yaml');
    await control.applyRules(project, { text: weaker.text }, plane.as('ada@example.org'));
    const { weakened, environments } = await boardOf(plane);
    expect(weakened).toHaveLength(20);
    expect(weakened[0]?.waiting.needed).toBe(2);
    expect(environments.filter(({ rules }) => rules.waiting !== null)).toHaveLength(10);
  });
});

describe('a ladder that is longer than a page', () => {
  it('goes on, on the page after it, with the way from the rung before', async () => {
    const plane = await planeOf(yamlWith(3), 1);
    const first = await boardOf(plane, { limit: 1 });
    const second = await boardOf(plane, { limit: 1, after: first.page.next ?? '' });
    expect([namesOn(first), namesOn(second)]).toEqual([['dev-r00'], ['r00']]);
    expect(second.ways.map(({ from, to }) => [from, to])).toEqual([['dev-r00', 'r00']]);
    expect(second.pipelines).toEqual([{ name: 'to-r00', rungs: ['r00'] }]);
    expect(namesOn(await boardOf(plane, { limit: 1, environment: 'r02' }))).toEqual(['r02']);
    await plane.close();
  });
});

describe('the order of the ladders', () => {
  it('is that of the file that was accepted last, and what it names no more comes last', async () => {
    const plane = await planeOf(yamlWith(2), 1);
    const fewer = parseProjectFile(new TextEncoder().encode(yamlWith(1, 2, false)), 'rung.yaml');
    const by = { kind: 'automation', rule: 'test' } as const;
    await declareProject(plane.parts, { ...fewer, branch: 'main', keys: {}, by });
    const names = ['dev-r00', 'r00', 'spare', 'dev-r01', 'r01'];
    const board = await boardOf(plane);
    expect(namesOn(board).slice(0, 2)).toEqual(names.slice(0, 2));
    expect(namesOn(board).toSorted()).toEqual(names.toSorted());
    expect(board.page.environments).toBe(5);
    await plane.close();
  });
});

describe('the work for a page', () => {
  it('is as much in a project of twice as many ladders: only what it shows is read', async () => {
    const readFor = async (count: number): Promise<readonly number[]> => {
      const plane = await regionsDeclared(count);
      const release = (await plane.control.releases(plane.project, {})).items[0]?.version ?? '';
      const { control, read } = reading(plane);
      const person = plane.as('ada@example.org');
      const before = read();
      await control.board(plane.project, person, { after: '20' });
      const forBoard = read() - before;
      await control.why(plane.project, release, 'r15', person);
      const forAdmission = read() - before - forBoard;
      await control.environments(plane.project, { search: 'r1', limit: 5 });
      const forList = read() - before - forBoard - forAdmission;
      await plane.close();
      return [forBoard, forAdmission, forList];
    };
    const few = await readFor(30);
    expect(Math.min(...few)).toBeGreaterThan(5);
    expect(await readFor(60)).toEqual(few);
  });

  it('finds the file in force as before where it was not kept yet', async () => {
    const plane = await planeOf(yamlWith(2), 1);
    const fewer = parseProjectFile(new TextEncoder().encode(yamlWith(1, 2, false)), 'rung.yaml');
    await plane.clock.advance(minuteMs);
    const by = { kind: 'automation', rule: 'test' } as const;
    await declareProject(plane.parts, { ...fewer, branch: 'main', keys: {}, by });
    const { project, parts } = plane;
    const kept = await boardOf(plane);
    await parts.store.transaction(async (tx) => {
      const stored = await tx.get(project, 'project', project);
      if (stored === undefined) throw new Error('there is no project');
      const { inForce, ...before } = stored.value;
      expect(inForce?.unnamed.toSorted()).toEqual(['dev-r01', 'r01', 'spare']);
      await tx.put(project, 'project', project, before, stored.version);
    });
    expect(await boardOf(plane)).toEqual(kept);
    await plane.close();
  });
});

/** The same control plane, and how many records its store gave it. */
function reading({ parts }: Plane): { readonly control: ControlPlane; readonly read: () => number } {
  let records = 0;
  const counting = (reader: Reader): Reader => ({
    get: async (...of) => ((records += 1), reader.get(...of)),
    list: async (...of) => {
      const page = await reader.list(...of);
      records += 1 + page.items.length;
      return page;
    },
    samplesAfter: (...of) => reader.samplesAfter(...of),
  });
  const { store } = parts;
  // Nothing else of it is asked by what is looked at.
  const watched = {
    head: (of: ProjectId) => store.head(of),
    eventsBefore: (...of: Parameters<Store['eventsBefore']>) => store.eventsBefore(...of),
    read: <T>(work: (reader: Reader) => Promise<T>) => store.read((reader) => work(counting(reader))),
  } as Store;
  return { control: createControlPlane({ ...parts, store: watched }), read: () => records };
}
