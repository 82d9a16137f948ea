import type { GateFinding } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import { isOpenAt, type Question } from '../../../domain/question.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { spanText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';
import type { GateRule, SpecOf } from './gate-rule.ts';

/** The question that counts for a gate: to the address that the rules in force name. */
export const questionOf = (
  { name, url }: Pick<SpecOf<'webhook'>, 'name' | 'url'>,
  { questions, target }: Pick<AdmissionFacts, 'questions' | 'target'>,
): Question | undefined =>
  questions.find((one) => one.gate === name && one.environment === target.id && one.url === url);

/** A program of the team's own was asked, and said yes. */
export const webhook: GateRule<'webhook'> = (spec, facts, now) => {
  const { release, target, file } = facts;
  const question = questionOf(spec, facts);
  const again = `rung gate ask ${spec.name} ${release.version} --to ${target.name}`;
  const closed = (state: 'missing' | 'failed' | 'waits', says: string, wayOut: string): GateFinding => ({
    state,
    says,
    wayOut,
    liftedBy: peopleOf(file),
  });
  if (question === undefined)
    return closed(
      'missing',
      `${spec.name} was not asked about ${release.version} yet.`,
      'Ask for the promotion: it is asked as soon as one waits for it.',
    );
  const { state } = question;
  const says = standingText(question, now);
  if (state.phase === 'answered' && state.answer.verdict === 'pass') return { state: 'passed', says };
  if (state.phase === 'answered')
    return closed('failed', says, `Mend what it found and build a new release; or ask again: ${again}`);
  return isOpenAt(question, now)
    ? closed('waits', says, 'Wait for its answer.')
    : closed('failed', says, `Ask again: ${again}`);
};

/** How a question stands, as a sentence. */
export function standingText(question: Question, now: Instant): string {
  const { gate, state, until } = question;
  if (state.phase === 'failed') return state.says;
  if (state.phase === 'answered') {
    const { verdict, reason, url } = state.answer;
    return `${gate} says ${verdict === 'pass' ? 'yes' : 'no'}${reason === '' ? '' : `: ${reason}`}${url === '' ? '.' : ` (${url})`}`;
  }
  if (!isOpenAt(question, now)) return unanswered(question);
  const trouble = state.trouble === null ? '' : ` It ${state.trouble}; it is tried again.`;
  return `${gate} was asked and has not answered yet; it has until ${new Date(until).toISOString()}.${trouble}`;
}

/** Why a question whose time is up has no answer. */
export function unanswered({ gate, timeoutMs, state }: Question): string {
  const trouble = state.phase === 'open' && state.trouble !== null ? `: it ${state.trouble}` : '';
  return `${gate} did not answer within ${spanText(timeoutMs)}${trouble}.`;
}
