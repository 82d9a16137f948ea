import { expect, it } from 'vitest';
import type { EnvironmentId, EnvironmentName, ProjectId, ReleaseId } from '../../src/domain/ids.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { openQuestion } from '../../src/domain/question.ts';
import { systemClock as clock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { startQuestioner } from '../../src/lifecycle/promote/questioner.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { testDatabase } from '../kit/postgres.ts';

it('a webhook is asked by one of two control planes on one PostgreSQL, and its answer is kept', async () => {
  const database = await testDatabase();
  const stores = await Promise.all(
    [1, 2].map(async () => (await openPostgres({ url: database.url, clock, log: silentLog })).store),
  );
  const [store] = stores;
  if (store === undefined) throw new Error('two were opened');
  const project = uuidAt(clock.now()) as ProjectId;
  const question = openQuestion(
    {
      project,
      gate: 'licences',
      tree: 'a'.repeat(40),
      environment: uuidAt(clock.now()) as EnvironmentId,
      environmentName: 'sit' as EnvironmentName,
      release: 'sha256:1' as ReleaseId,
      version: '1.0.0',
      url: 'https://checks.example.org/licences',
      timeoutMs: 600_000,
      nonce: 'n',
      askedBy: { kind: 'automation', rule: 'test' },
    },
    clock.now(),
  );
  await store.transaction(async (tx) => {
    await tx.put(project, 'project', project, { id: project, name: 'access', createdAt: clock.now() }, 0);
    await tx.put(project, 'question', question.id, question, 0);
  });
  let asked = 0;
  const reply = { kind: 'answer', verdict: 'pass', reason: '', url: '' } as const;
  const hook = { ask: async () => ((asked += 1), reply) };
  const privateKey = generateSigningKey().privateKey;
  const origin = (): string => 'http://127.0.0.1:1';
  const running = stores.map((of) =>
    startQuestioner({ store: of, clock, log: silentLog, hook, privateKey, origin, everyMs: 20 }),
  );
  await expect
    .poll(async () => (await store.read((tx) => tx.get(project, 'question', question.id)))?.value.state, {
      timeout: 60_000,
    })
    .toMatchObject({ phase: 'answered', answer: { verdict: 'pass' }, via: 'reply' });
  await Promise.all(running.map((one) => one.stop()));
  expect(asked).toBe(1);
  await Promise.all(stores.map((one) => one.close()));
  await database.drop();
});
