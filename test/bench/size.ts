import { Client } from 'pg';
import { digestOf } from '../../src/domain/canonical.ts';
import type { Environment } from '../../src/domain/environment.ts';
import type { ActorId, ProjectId, PromotionId, ReleaseId, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { createControlPlane } from '../../src/lifecycle/control-plane.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import type { Caller, ControlPlane } from '../../src/lifecycle/face.ts';
import { allEnvironments } from '../../src/lifecycle/lookup.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { testDatabase } from '../kit/postgres.ts';
import { owner, parsedProject } from './kit/large-plane.ts';
import { partsOver } from './kit/parts.ts';
import { quantile, row, sized, subject } from './row.ts';

const sizes = [sized(10, 8), sized(1_000, 40)] as const;
const promotionsEach = 100;
const rounds = sized(60, 5);
const clock = systemClock;
const person: Caller = { actor: { kind: 'person', id: owner }, scopes: 'all', person: owner };
const other = 'bo@example.org' as ActorId;
const builder: Caller = { actor: { kind: 'person', id: other }, scopes: 'all', person: other };

subject({
  title: 'At size',
  about: `What people wait for, inside the control plane and beside a hundredth of the size: ${sizes[1]} environments with ${sizes[1] * promotionsEach} past promotions, on PostgreSQL. Tenants are not there yet.`,
});

interface Filled extends AsyncDisposable {
  readonly control: ControlPlane;
  readonly project: ProjectId;
  readonly version: string;
}

/** Past promotions are copies of one that was asked for, ended, of a hundred releases that each went everywhere once. */
async function filled(environments: number): Promise<Filled> {
  const { url, drop } = await testDatabase();
  const { store } = await openPostgres({ url, clock, log: silentLog });
  const parts = partsOver(store);
  const by = { kind: 'person', id: owner } as const;
  const parsed = parsedProject(environments);
  const { project } = await declareProject(parts, { ...parsed, branch: 'main', keys: {}, by });
  const control = createControlPlane(parts);
  const tree = 'a'.repeat(40);
  await control.branchesMoved(project, [{ ref: 'main', commit: tree, tree }]);
  const commits = [{ id: tree, message: 'feat: begin', author: 'ada' }];
  const services = { web: { artifact: digestOf('made') } };
  const ask = { tree, commit: tree, branch: 'main', services, commits };
  const { version, id } = await control.createRelease(project, ask, builder);
  await runEverywhere(store, project, version, id);
  await control.requestPromotion(project, { release: version, to: 'test-0', reason: 'measured' }, person);
  await copyPromotions(url, environments * promotionsEach);
  await store.chain(project);
  const close = async (): Promise<void> => {
    await store.close();
    await drop();
  };
  return { control, project, version, [Symbol.asyncDispose]: close };
}

/** The first of each ladder runs the release, so that there is a way that it could go. */
async function runEverywhere(
  store: Store,
  project: ProjectId,
  version: string,
  release: ReleaseId,
): Promise<void> {
  const since = clock.now();
  await store.transaction(async (tx) => {
    for (const environment of await allEnvironments(tx, project)) {
      if (!environment.name.startsWith('dev')) continue;
      const stored = await tx.get(project, 'environment', environment.id);
      const services = ['web'] as unknown as readonly ServiceName[];
      const promotion = 'seeded' as PromotionId;
      const deployment = {
        promotion,
        release,
        version,
        services,
        since,
        until: null,
        smoke: 'none',
        isPartial: false,
      } as const;
      const next = {
        ...environment,
        stable: { web: { release, version, artifact: digestOf('made') } },
        deployments: [deployment],
      } as Environment;
      await tx.put(project, 'environment', environment.id, next, stored?.version ?? 0);
    }
  });
}

async function copyPromotions(url: string, count: number): Promise<void> {
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    await database.query(
      `insert into records (project_id, kind, id, place, version, body, environment_id, phase, name, tree)
       select one.project_id, one.kind, made.id, made.id, 1,
         (one.body::jsonb || jsonb_build_object('id', made.id, 'environment', made.environment_id,
           'release', made.release, 'state', '{"phase":"succeeded","rollout":null,"at":1760000000000}'::jsonb))::json,
         made.environment_id, 'succeeded', made.release, one.tree
       from (select * from records where kind = 'promotion' limit 1) one,
         (select '0001' || lpad(to_hex(number), 32, '0') as id, ids[1 + number % array_length(ids, 1)] as environment_id,
           'sha256:' || encode(sha256((number / array_length(ids, 1))::text::bytea), 'hex') as release
          from generate_series(1, $1::integer) as number,
            (select array_agg(id) as ids from records where kind = 'environment') as all_of_them) made`,
      [count],
    );
    await database.query('analyze');
  } finally {
    await database.end();
  }
}

interface Took {
  readonly p95Ms: number;
  readonly cpuMs: number;
}

async function measured(ask: () => Promise<unknown>): Promise<Took> {
  for (let round = 0; round < 3; round += 1) await ask();
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    const beganMs = clock.monotonicMs();
    await ask();
    took.push(clock.monotonicMs() - beganMs);
  }
  const { user, system } = process.cpuUsage(before);
  return { p95Ms: quantile(took, 0.95), cpuMs: (user + system) / 1000 / rounds };
}

async function measuredAt(environments: number): Promise<Readonly<Record<'admission' | 'board', Took>>> {
  await using plane = await filled(environments);
  const { control, project, version } = plane;
  return {
    admission: await measured(() => control.why(project, version, 'test-1', person)),
    board: await measured(() => control.board(project, person)),
  };
}

const small = await measuredAt(sizes[0]);
const large = await measuredAt(sizes[1]);
for (const [what, limitMs] of [
  ['admission', 100],
  ['board', 200],
] as const) {
  const { p95Ms, cpuMs } = large[what];
  row({
    what: `${what === 'board' ? 'the board’s data' : 'admission of one release'}, p95`,
    figure: p95Ms,
    unit: 'ms',
    reach: { text: `≤ ${limitMs} ms`, holds: p95Ms <= limitMs },
    note: `${cpuMs.toFixed(1)} ms of processor`,
  });
  row({
    what: `${what === 'board' ? 'the board’s data' : 'admission of one release'}, processor`,
    figure: cpuMs,
    unit: 'ms',
    beside: { what: `at ${sizes[0]} environments`, figure: small[what].cpuMs },
    reach: { text: '≤ 1.5 ×', holds: cpuMs <= 1.5 * small[what].cpuMs },
  });
}
