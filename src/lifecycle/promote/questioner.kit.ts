import { afterEach } from 'vitest';
import type { EventKind } from '../../domain/event.ts';
import { type Instant } from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import type { Log } from '../../domain/log.ts';
import { openQuestion, type Question } from '../../domain/question.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import type { Transaction } from '../../engine/store.ts';
import type { HookQuestion, HookReply } from '../../ports/gate-hook.ts';
import { openMemory } from '../../store/memory/store.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { aCleanAsk, ada, next } from './facts.kit.ts';
import { startQuestioner } from './questioner.ts';

export const secondMs = 1000;
export const key = generateSigningKey();
const { target } = aCleanAsk();
export const { project } = target;

export const asked = (name: string, at: Instant = someMoment): Question =>
  openQuestion(
    {
      project,
      gate: name,
      tree: next.manifest.tree,
      environment: target.id,
      environmentName: target.name,
      release: next.id,
      version: next.version,
      url: `https://${name}.example.org`,
      timeoutMs: 60 * secondMs,
      nonce: 'nonce',
      askedBy: { kind: 'person', id: ada },
    },
    at,
  );
export const pass: HookReply = { kind: 'answer', verdict: 'pass', reason: 'fine', url: 'https://d/1' };

/** Keeps a question, and says something of it. */
export const telling =
  (kind: EventKind, question: Question) =>
  async (tx: Transaction): Promise<void> => {
    const { id, askedBy: actor } = question;
    await tx.put(project, 'question', id, question, 0);
    const about = { environment: null, subject: `question/${id}`, message: '', payload: {} };
    await tx.append([{ project, kind, at: someMoment, actor, ...about }]);
  };

/** Ends what a test started, however it ended. */
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A store in which these are asked, before anybody sends them. */
export async function stage(
  play: (question: HookQuestion) => HookReply | Promise<HookReply>,
  ...questions: Question[]
) {
  const clock = createVirtualClock(someMoment);
  const { store: kept } = openMemory({ clock });
  /** How often the store was asked for something. */
  const looked = { times: 0, transactions: 0 };
  const store = storeWith(kept, {
    read: (work) => {
      looked.times += 1;
      return kept.read(work);
    },
    transaction: (work) => {
      looked.transactions += 1;
      return kept.transaction(work);
    },
  });
  const put = (question: Question, before = 0) =>
    store.transaction((tx) => tx.put(project, 'question', question.id, question, before));
  await store.transaction((tx) =>
    tx.put(project, 'project', project, { id: project, name: 'access', createdAt: someMoment }, 0),
  );
  for (const one of questions) await put(one);
  const sent: HookQuestion[] = [];
  const warned: string[] = [];
  const warn = (_: unknown, text: string): void => void warned.push(text);
  const log = { warn, info: warn, error: warn, debug: warn } as unknown as Log;
  const start = (
    hookOf = play,
    untilItEnds: () => Promise<unknown> = async () => undefined,
    through = store,
  ) => {
    const one = startQuestioner({
      store: through,
      clock,
      log,
      hook: {
        ask: async (question, signal) => {
          sent.push(question);
          const stopped = new Promise<never>((_resolve, reject) => {
            const ended = (): void => reject(new Error('stopped'));
            signal.addEventListener('abort', () => void untilItEnds().then(ended));
          });
          return Promise.race([Promise.resolve(question).then(hookOf), stopped]);
        },
      },
      privateKey: key.privateKey,
      origin: () => 'https://rung.example.org',
    });
    running.push(one);
    return one;
  };
  const stateOf = async ({ id }: Question) =>
    (await store.read((tx) => tx.get(project, 'question', id)))?.value.state;
  return { clock, store, put, sent, warned, start, stateOf, looked };
}
