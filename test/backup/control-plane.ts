import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProjectId } from '../../src/domain/ids.ts';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock as clock } from '../../src/engine/clock.ts';
import { createIds } from '../../src/engine/ids.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { createKnownAgents } from '../../src/lifecycle/known-agents.ts';
import { createFigures } from '../../src/lifecycle/parts.ts';
import { dataFolder, type DataFolder } from '../../src/main/data-folder.ts';
import { writeOwn } from '../../src/main/files.ts';
import { writeOptions } from '../../src/main/options.ts';
import { folderStore } from '../../src/providers/folder-store/store.ts';
import { createBare } from '../../src/providers/git/create.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { anEvent } from '../kit/audit.ts';
import { testDatabase } from '../kit/postgres.ts';
import { parse } from '../kit/project-file.ts';

/** What a control plane leaves on disk and in a database of the user's, without one that runs. */
export interface AtRest extends AsyncDisposable {
  readonly folder: string;
  readonly data: DataFolder;
  readonly databaseUrl: string;
  readonly project: ProjectId;
  /** So many more events, chained. */
  log(events: number): Promise<void>;
}

const rungYaml = `
rung: 1
project: access
roles: { lead: { members: [ada@example.org] } }
services: { web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] } }
environments: { dev: { tier: development } }
pipelines: { main: [{ environment: dev }] }
`;
const atOnce = 500;

export async function controlPlaneAtRest(artifacts = 2): Promise<AtRest> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-at-rest-'));
  const database = await testDatabase();
  const data = dataFolder(join(folder, 'data'));
  await mkdir(data.control, { recursive: true, mode: 0o700 });
  const file = join(folder, 'rung.yaml');
  await writeFile(file, rungYaml);
  const asked = { file, branch: 'main', owner: 'ada@example.org' as never, host: '127.0.0.1', port: null };
  await writeOptions(data, { ...asked, databaseUrl: database.url });
  await writeOwn(join(data.control, 'key.json'), JSON.stringify(generateSigningKey()));
  await createBare(data.repository);
  const objects = folderStore({ folder: data.artifacts });
  for (let at = 0; at < artifacts; at += 1) {
    const bytes = createHash('shake256', { outputLength: 1024 * 1024 })
      .update(String(at))
      .digest();
    const pieces = async function* () {
      yield bytes;
    };
    await objects.keep(pieces(), bytes.byteLength, async () => undefined);
  }
  const { store } = await openPostgres({ url: database.url, clock, log: silentLog });
  const keys = { dev: { signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey } };
  const parts = {
    store,
    clock,
    newId: createIds(clock),
    objects,
    readers: { known: new Map(), guess: () => null },
    figures: createFigures(),
    agents: createKnownAgents(clock, store),
    publicKey: 'not read here',
  };
  const by = { kind: 'person', id: 'ada@example.org' as never } as const;
  const { project } = await declareProject(parts, { ...parse(rungYaml), branch: 'main', keys, by });
  return {
    folder,
    data,
    databaseUrl: database.url,
    project,
    log: async (events) => {
      const some = Array.from({ length: atOnce }, (_, at) =>
        anEvent(`event ${at} ${'x'.repeat(400)}`, { project }),
      );
      for (let done = 0; done < events; done += atOnce) {
        await store.transaction((tx) => tx.append(some.slice(0, events - done)));
        await store.chain(project);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
