import type { EventKind } from '../../domain/event.ts';
import { sign } from '../../domain/keys.ts';
import { type Instant, later, type ProjectId } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import { callbackText, isOpenAt, type Question } from '../../domain/question.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Store } from '../../engine/store.ts';
import type { GateHook, HookBody, HookReply } from '../../ports/gate-hook.ts';
import { everyOne } from '../lookup.ts';
import { unanswered } from './gates/webhook.ts';
import { endQuestion } from './questions.ts';

export interface QuestionerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly hook: GateHook;
  /** The control plane's Ed25519 key, raw, base64url: makes the callbacks' tokens. */
  readonly privateKey: string;
  /** Where the asked reach the API, without a path. */
  readonly origin: () => string;
  /** How often it looks for what is due. */
  readonly everyMs?: number;
}

/** Who sends it has so long before another replica, or this one started anew, sends it again. Longer than a reply may take. */
const claimMs = 15_000;
const againAfterMs = 5_000;
/** Further ahead than clocks of replicas differ: what is to be sent then was put off by a clock that has been set back since. */
const setBackMs = 15 * 60_000;
/** Whatever opens a question says so with it. */
const asked: EventKind = 'gate.asked';

/**
 * Sends what was asked to those who are asked, outside of any transaction. Any number of replicas may run one: whoever
 * moves a question's `sendAt` on in the store sends it. What was sent by one that was killed is sent again with the same
 * nonce.
 */
export function startQuestioner(parts: QuestionerParts): { stop(): Promise<void> } {
  const { store, clock, everyMs = 2000 } = parts;
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Where something is asked: only there does time alone change anything. */
  const asking = new Set<ProjectId>();
  const look = async (project: ProjectId): Promise<void> => {
    const open = await store.read((tx) => everyOne(tx, project, 'question', { phase: ['open'] }));
    if (open.length > 0) asking.add(project);
    else asking.delete(project);
    await Promise.all(
      open.map(({ value }) =>
        advance(parts, value, ending.signal).catch(report(parts.log, project, ending.signal)),
      ),
    );
  };
  const begin = (project: ProjectId): void => {
    const looking = look(project).catch(report(parts.log, project, ending.signal));
    underWay.add(looking);
    void looking.finally(() => underWay.delete(looking));
  };
  const sweep = async (): Promise<void> => {
    const projects = await store.projects().catch(() => []);
    if (ending.signal.aborted) return;
    for (const { id } of projects) begin(id);
  };
  const appended = store.onAppended((project, kinds) => {
    if (kinds === null || kinds.includes(asked)) begin(project);
  });
  const regularly = clock.every(everyMs, () => asking.forEach(begin));
  const seldom = clock.every(everyMs * 5, sweep);
  void sweep();
  return {
    stop: async () => {
      appended[Symbol.dispose]();
      regularly[Symbol.dispose]();
      seldom[Symbol.dispose]();
      ending.abort();
      await Promise.all(underWay);
    },
  };
}

/** What is kept says what is next, whoever did what before. */
async function advance(parts: QuestionerParts, seen: Question, signal: AbortSignal): Promise<void> {
  const now = parts.clock.now();
  if (!isOpenAt(seen, now)) return change(parts, seen, () => noAnswer(seen, now));
  const claimed = isDue(seen, now) ? await claim(parts, seen) : null;
  if (claimed === null) return;
  const reply = await parts.hook.ask({ url: claimed.url, body: bodyOf(claimed, parts) }, signal);
  await change(parts, claimed, (open) => afterReply(claimed, open, reply, parts.clock.now()));
}

const noAnswer = (question: Question, at: Instant): Question['state'] => ({
  phase: 'failed',
  code: 'no-answer',
  says: unanswered(question),
  at,
});

const isDue = ({ state }: Question, now: Instant): boolean =>
  state.phase === 'open' &&
  state.sendAt !== null &&
  (state.sendAt <= now || state.sendAt > later(now, setBackMs));

/** Only one of those who saw it due gets it, as it is asked now: the others find it moved on. */
function claim({ store, clock }: QuestionerParts, { project, id }: Question): Promise<Question | null> {
  return store.transaction(async (tx) => {
    const stored = await tx.get(project, 'question', id);
    const now = clock.now();
    if (stored === undefined || stored.value.state.phase !== 'open' || !isDue(stored.value, now)) return null;
    const { tries } = stored.value.state;
    const state = { ...stored.value.state, tries: tries + 1, sendAt: later(now, claimMs) };
    await tx.put(project, 'question', id, { ...stored.value, state }, stored.version);
    return stored.value;
  });
}

type Open = Extract<Question['state'], { phase: 'open' }>;

/** Says how this round goes on, unless it ended or another one began meanwhile. */
async function change(
  { store }: QuestionerParts,
  { project, id, nonce }: Question,
  next: (open: Open) => Question['state'],
): Promise<void> {
  await store.transaction(async (tx) => {
    const stored = await tx.get(project, 'question', id);
    if (stored === undefined || stored.value.nonce !== nonce || stored.value.state.phase !== 'open') return;
    const state = next(stored.value.state);
    if (state.phase === 'open')
      await tx.put(project, 'question', id, { ...stored.value, state }, stored.version);
    else await endQuestion(tx, stored, state);
  });
}

function afterReply(asked: Question, open: Open, reply: HookReply, now: Instant): Question['state'] {
  switch (reply.kind) {
    case 'answer': {
      const { verdict, reason, url } = reply;
      if (now < asked.until)
        return { phase: 'answered', answer: { verdict, reason, url }, via: 'reply', at: now };
      return noAnswer({ ...asked, state: open }, now);
    }
    case 'pending':
      return { ...open, sendAt: null, trouble: null };
    case 'unreachable':
      return { ...open, sendAt: later(now, againAfterMs), trouble: reply.says };
    case 'unusable':
      return { phase: 'failed', code: reply.code, says: `${asked.gate} ${reply.says}.`, at: now };
  }
}

function bodyOf(question: Question, { privateKey, origin }: QuestionerParts): HookBody {
  const { id, nonce, project, gate, release, version, tree, environmentName, askedAt, until } = question;
  return {
    rung: 1,
    question: id,
    nonce,
    project,
    gate,
    release: { id: release, version, tree },
    environment: environmentName,
    askedAt: new Date(askedAt).toISOString(),
    answerBy: new Date(until).toISOString(),
    callback: {
      url: `${origin()}/api/v1/projects/${project}/questions/${id}/answer`,
      token: sign(privateKey, callbackText(question)),
    },
  };
}

/** What does not work now is tried again at the next look. */
const report =
  (log: Log, project: ProjectId, signal: AbortSignal) =>
  (thrown: unknown): void => {
    if (signal.aborted) return;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    log.warn({ project }, `A question is not sent yet: ${message}`);
  };
