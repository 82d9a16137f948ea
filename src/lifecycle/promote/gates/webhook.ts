import type { GateFinding } from '../../../domain/gate.ts';
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
  const again = `Ask again: rung gate ask ${spec.name} ${release.version} --to ${target.name}`;
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
  if (state.phase === 'failed') return closed('failed', state.says, again);
  if (state.phase === 'answered') {
    const { verdict, reason, url } = state.answer;
    const says = `${spec.name} says ${verdict === 'pass' ? 'yes' : 'no'}${reason === '' ? '' : `: ${reason}`}${url === '' ? '.' : ` (${url})`}`;
    return verdict === 'pass'
      ? { state: 'passed', says }
      : closed(
          'failed',
          says,
          `Mend what it found and build a new release; or ${again.charAt(0).toLowerCase()}${again.slice(1)}`,
        );
  }
  if (!isOpenAt(question, now)) return closed('failed', unanswered(question), again);
  const trouble = state.trouble === null ? '' : ` It ${state.trouble}; it is tried again.`;
  return closed(
    'waits',
    `${spec.name} was asked and has not answered yet; it has until ${new Date(question.until).toISOString()}.${trouble}`,
    'Wait for its answer.',
  );
};

/** Why a question whose time is up has no answer. */
export function unanswered({ gate, timeoutMs, state }: Question): string {
  const trouble = state.phase === 'open' && state.trouble !== null ? `: it ${state.trouble}` : '';
  return `${gate} did not answer within ${spanText(timeoutMs)}${trouble}.`;
}
