import { describe, expect, it } from 'vitest';
import type { GateState } from '../../../domain/gate.ts';
import { instant, later } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import { openQuestion, type Question, type QuestionState } from '../../../domain/question.ts';
import { aCleanAsk, ada, bo, cy, next, now } from '../facts.kit.ts';
import { judged } from './gate.kit.ts';
import { standingText, unanswered } from './webhook.ts';

const minuteMs = 60_000;
const gate = {
  kind: 'webhook',
  name: 'desk',
  url: 'https://desk.example.org/ask',
  timeoutMs: minuteMs,
} as const satisfies GateSpec;
const { target } = aCleanAsk();

/** The desk was asked a minute's half ago, and has a minute. */
const asked = (state: Partial<QuestionState> = {}, other: Partial<Question> = {}): Question => {
  const question = openQuestion(
    {
      project: target.project,
      gate: 'desk',
      tree: next.manifest.tree,
      environment: target.id,
      environmentName: target.name,
      release: next.id,
      version: next.version,
      url: gate.url,
      timeoutMs: minuteMs,
      nonce: 'n',
      askedBy: { kind: 'person', id: ada },
    },
    instant(now - minuteMs / 2),
  );
  return { ...question, state: { ...question.state, ...state } as QuestionState, ...other };
};
const answered = (verdict: 'pass' | 'fail', reason = '', url = ''): Question =>
  asked({ phase: 'answered', answer: { verdict, reason, url }, via: 'reply', at: now });
const failed = asked({ phase: 'failed', code: 'no-answer', says: 'desk said nothing.', at: now });
const late = later(now, minuteMs / 2);

const stands = (questions: readonly Question[], at = now) => judged(gate, [], { questions }, at);

describe('the gate of a webhook (REL-1)', () => {
  it.each<[string, GateState, readonly Question[], RegExp, RegExp]>([
    ['nobody asked yet', 'missing', [], /desk was not asked about 1\.1\.0/u, /asked as soon as one waits/u],
    ['it has not answered', 'waits', [asked()], /has not answered yet/u, /^Wait/u],
    [
      'it said no',
      'failed',
      [answered('fail')],
      /desk says no\./u,
      /new release; or ask again: rung gate ask desk 1\.1\.0 --to prod$/u,
    ],
    [
      'what came was no answer',
      'failed',
      [failed],
      /^desk said nothing\.$/u,
      /^Ask again: rung gate ask desk 1\.1\.0 --to prod$/u,
    ],
  ])('is closed where %s: %s', (_, state, questions, says, wayOut) => {
    const { blocker, ...answer } = stands(questions);
    expect(answer.state).toBe(state);
    expect(answer.says).toMatch(says);
    expect(blocker).toMatchObject({ liftedBy: { kind: 'people', members: [ada, bo, cy] }, earliest: null });
    expect(blocker?.wayOut).toMatch(wayOut);
  });

  it('is open once it said yes, however long that took to be looked at', () => {
    expect(stands([answered('pass')], later(now, 10 * minuteMs))).toMatchObject({
      state: 'passed',
      blocker: null,
    });
  });

  it('is closed from the moment at which its time is up, and says what went wrong meanwhile', () => {
    expect(stands([asked()], instant(late - 1)).state).toBe('waits');
    const over = stands([asked({ trouble: 'could not be reached' })], late);
    expect(over.state).toBe('failed');
    expect(over.says).toMatch(/did not answer within 1 min: it could not be reached\.$/u);
    expect(over.wayOut).toMatch(/^Ask again/u);
    expect(stands([asked()], late).says).toMatch(/within 1 min\.$/u);
  });

  it.each<[string, Partial<Question>]>([
    ['another gate', { gate: 'other' }],
    ['another environment', { environment: 'elsewhere' as typeof target.id }],
    ['another address than the rules in force name', { url: 'https://elsewhere.example.org' }],
  ])('does not count what was answered about %s', (_, other) => {
    expect(stands([{ ...answered('pass'), ...other }]).state).toBe('missing');
    expect(stands([{ ...answered('pass'), ...other }, answered('fail')]).state).toBe('failed');
  });
});

describe('how a question stands', () => {
  it.each<[string, Question, RegExp]>([
    ['yes', answered('pass'), /says yes\.$/u],
    ['no', answered('fail'), /says no\.$/u],
    ['why', answered('fail', 'a freeze'), /says no: a freeze\.$/u],
    ['where more can be read', answered('pass', '', 'https://d/1'), /says yes \(https:\/\/d\/1\)$/u],
    ['both', answered('pass', 'fine', 'https://d/1'), /says yes: fine \(https:\/\/d\/1\)$/u],
    ['until when it may answer', asked(), new RegExp(`until ${new Date(late).toISOString()}\\.$`, 'u')],
    ['what went wrong so far', asked({ trouble: 'is away' }), /\. It is away; it is tried again\.$/u],
  ])('is said as a sentence: %s', (_, question, says) => {
    expect(standingText(question, now)).toMatch(says);
  });

  it('has no trouble to tell of once it ended', () => {
    expect(unanswered(failed)).toMatch(/did not answer within 1 min\.$/u);
  });
});
