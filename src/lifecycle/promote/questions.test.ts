import { describe, expect, it } from 'vitest';
import { instant, later } from '../../domain/ids.ts';
import { generateSigningKey, sign } from '../../domain/keys.ts';
import type { GateSpec } from '../../domain/project-file/types.ts';
import { callbackText, type Question, type QuestionState } from '../../domain/question.ts';
import { ada, cy, next, now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, type Kept, keeping, recordsOf, type There } from './kept.kit.ts';
import { listQuestions } from './list-questions.ts';
import { askAgain, askMissing, endQuestion, takeCallback } from './questions.ts';

const minuteMs = 60_000;
const hook = (name: string): GateSpec => ({
  kind: 'webhook',
  name,
  url: `https://${name}.example.org`,
  timeoutMs: minuteMs,
});
const facts = asking({ step: { gates: [hook('desk'), { kind: 'smoke' }, hook('scan')] } });
const { project, id: environment } = facts.target;
const promotion = facts.promotion?.id ?? '';
const person = { kind: 'person', id: ada } as const;

const on = (...more: readonly There[]): Promise<Kept> => keeping(...recordsOf(facts), ...more);
const kinds = async (kept: Kept) => (await kept.told()).map(({ kind }) => kind);
const questionsIn = (kept: Kept): Promise<readonly Question[]> =>
  kept.act(async (tx) => (await tx.list(project, 'question')).items.map(({ value }) => value));

/** What is missing, asked at a time, with what was asked already in the facts. */
async function ask(kept: Kept, more: Partial<AdmissionFacts> = {}, at = now): Promise<readonly Question[]> {
  let nonces = 0;
  const questions = await questionsIn(kept);
  const newId = () => `${at} ${(nonces += 1)}`;
  await kept.act((tx) => askMissing(tx, { ...facts, questions, ...more }, at, newId));
  return questionsIn(kept);
}
const again = async (kept: Kept, gate: string, at = now, more: Partial<AdmissionFacts> = {}) => {
  const questions = await questionsIn(kept);
  const wanted = { gate, nonce: 'again', by: person, now: at };
  await kept.act((tx) => askAgain(tx, { ...facts, questions, ...more }, wanted));
};
const named = (questions: readonly Question[], name: string): Question => {
  const found = questions.find(({ gate }) => gate === name);
  if (found === undefined) throw new Error(`${name} was not asked`);
  return found;
};

describe('the programs behind the gates of what waits', () => {
  it('are asked once each, in the name of who asked, with an event', async () => {
    const kept = await on();
    const questions = await ask(kept);
    expect(questions.map(({ gate }) => gate).toSorted()).toEqual(['desk', 'scan']);
    expect(named(questions, 'desk')).toMatchObject({
      project,
      tree: next.manifest.tree,
      environment,
      environmentName: 'prod',
      release: next.id,
      version: next.version,
      url: 'https://desk.example.org',
      timeoutMs: minuteMs,
      nonce: `${now} 1`,
      askedBy: { kind: 'person', id: cy },
      until: now + minuteMs,
      state: { phase: 'open', tries: 0, sendAt: now },
    });
    const [first] = await kept.told();
    expect(first).toMatchObject({
      kind: 'gate.asked',
      actor: { kind: 'person', id: cy },
      environment,
      subject: `question/${named(questions, 'desk').id}`,
      payload: { gate: 'desk', nonce: `${now} 1`, tree: next.manifest.tree, phase: 'open' },
    });
    expect(await ask(kept, {}, later(now, 1))).toEqual(questions);
    expect(await kinds(kept)).toEqual(['gate.asked', 'gate.asked']);
  });

  it('are not asked for a rollback, nor where no pipeline leads (REL-10)', async () => {
    const kept = await on();
    expect(await ask(kept, { kind: 'rollback' })).toEqual([]);
    expect(await ask(kept, { rung: null })).toEqual([]);
  });

  it('are asked anew where the rules name another address', async () => {
    const kept = await on();
    await ask(kept);
    const { rung } = facts;
    if (rung === null) throw new Error('prod is a rung');
    const moved = { ...hook('desk'), url: 'https://moved.example.org' } as GateSpec;
    const questions = await ask(kept, { rung: { ...rung, step: { ...rung.step, gates: [moved] } } });
    expect(named(questions, 'desk')).toMatchObject({ url: 'https://moved.example.org', nonce: `${now} 1` });
    expect(questions).toHaveLength(2);
  });
});

describe('asking a program again', () => {
  it('is done once its time is up or it answered, by whoever does it, as another round', async () => {
    const kept = await on();
    await ask(kept);
    await expect(again(kept, 'desk', later(now, minuteMs - 1))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'question-open',
    });
    await again(kept, 'desk', later(now, minuteMs));
    expect(named(await questionsIn(kept), 'desk')).toMatchObject({
      nonce: 'again',
      askedBy: person,
      askedAt: now + minuteMs,
    });
    const told = await kept.told();
    expect(told.at(-1)).toMatchObject({ kind: 'gate.asked', actor: person, payload: { gate: 'desk' } });
  });

  it('is the first time where nothing waits for it yet', async () => {
    const kept = await on();
    await again(kept, 'scan');
    expect((await questionsIn(kept)).map(({ gate }) => gate)).toEqual(['scan']);
  });

  it.each<[string, string, Partial<AdmissionFacts>, string]>([
    ['another kind of gate', 'smoke', {}, 'desk, scan'],
    ['a step without a webhook', 'desk', { rung: null }, 'rung why'],
  ])('is refused for %s, with those that can be asked', async (_, gate, more, wayOut) => {
    await expect(again(await on(), gate, now, more)).rejects.toMatchObject({
      kind: 'absent',
      code: 'gate-not-asked',
      wayOut: expect.stringContaining(wayOut) as string,
    });
  });
});

describe('the list of what was asked', () => {
  it('is newest first, whatever the questions are called', async () => {
    const { rung } = facts;
    if (rung === null) throw new Error('prod is a rung');
    const gates = ['lint', 'desk', 'scan', 'cost', 'risk', 'law'];
    const asked = { rung: { ...rung, step: { ...rung.step, gates: gates.map(hook) } } };
    const kept = await on();
    for (const [at, gate] of gates.entries()) await again(kept, gate, later(now, at), asked);
    const listed = await kept.act((tx) => listQuestions(tx, project, { limit: 4 }, now));
    expect(listed.items.map(({ gate }) => gate)).toEqual(gates.slice(2).toReversed());
  });
});

const key = generateSigningKey();
const yes = { verdict: 'pass', reason: 'fine', url: '' } as const;
type Ended = Exclude<QuestionState, { phase: 'open' }>;

describe('the end of a question', () => {
  const end = async (kept: Kept, state: Ended) => {
    const { id } = named(await questionsIn(kept), 'desk');
    await kept.act(async (tx) => {
      const stored = await tx.get(project, 'question', id);
      if (stored !== undefined) await endQuestion(tx, stored, state);
    });
    return kept.get('question', id);
  };

  it.each<[string, Ended, RegExp]>([
    ['yes', { phase: 'answered', answer: yes, via: 'reply', at: now }, /desk says yes to 1\.1\.0 for prod/u],
    [
      'no',
      { phase: 'answered', answer: { ...yes, verdict: 'fail' }, via: 'reply', at: now },
      /desk says no to/u,
    ],
    ['nothing', { phase: 'failed', code: 'no-answer', says: 'Nothing.', at: now }, /^Nothing\. \(1\.1\.0/u],
  ])('is told, and what waits for it looks again: it says %s', async (_, state, says) => {
    const ended = { phase: 'withdrawn', by: person, at: now } as const;
    const other = { ...facts.promotion, id: 'other', state: ended } as never;
    const kept = await on(['promotion', other]);
    await ask(kept);
    expect((await end(kept, state)).state).toEqual(state);
    expect(kept.wakeUps()).toEqual([{ key: `promotion/${promotion}`, project, at: now }]);
    const told = (await kept.told('gate.answered'))[0];
    expect(told).toMatchObject({
      actor: { kind: 'automation', rule: 'gate desk' },
      payload: { gate: 'desk', phase: state.phase },
    });
    expect(told?.message).toMatch(says);
  });
});

describe('an answer that comes later', () => {
  const answer = async (kept: Kept, token: string | ((of: Question) => string), at = now) => {
    const question = named(await questionsIn(kept), 'desk');
    await kept.act(async (tx) => {
      const stored = await tx.get(project, 'question', question.id);
      const said = typeof token === 'string' ? token : token(question);
      await takeCallback(tx, stored, { ...yes, token: said }, key.publicKey, at);
    });
    return kept.get('question', question.id);
  };
  const signed = (question: Question): string => sign(key.privateKey, callbackText(question));
  const asked = async () => {
    const kept = await on();
    await ask(kept);
    return kept;
  };

  it('counts until its time is up, with the token of this very round', async () => {
    const kept = await asked();
    const { state } = await answer(kept, signed, later(now, minuteMs - 1));
    expect(state).toEqual({ phase: 'answered', answer: yes, via: 'callback', at: now + minuteMs - 1 });
    await expect(answer(kept, signed)).rejects.toMatchObject({ code: 'question-answered' });
    await expect(answer(await asked(), signed, later(now, minuteMs))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'question-closed',
    });
  });

  it.each<[string, string | ((of: Question) => string)]>([
    ['no token', ''],
    ['the token of another round', (of) => signed({ ...of, nonce: 'earlier' })],
    ['the token of another question', (of) => signed({ ...of, id: 'other' as never })],
  ])('is refused with %s', async (_, token) => {
    await expect(answer(await asked(), token)).rejects.toMatchObject({
      kind: 'denied',
      code: 'callback-refused',
    });
  });

  it('is refused where there is no such question', async () => {
    const kept = await on();
    await expect(
      kept.act((tx) => takeCallback(tx, undefined, { ...yes, token: '' }, key.publicKey, instant(0))),
    ).rejects.toMatchObject({ code: 'callback-refused' });
  });
});
