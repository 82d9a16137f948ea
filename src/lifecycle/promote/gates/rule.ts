import type { Picture } from '../../../domain/expression/picture.ts';
import { ruleOf } from '../../../domain/expression/rule.ts';
import type { GateFinding } from '../../../domain/gate.ts';
import { peopleOf } from '../../../domain/roles.ts';
import type { AdmissionFacts } from '../facts.ts';
import type { SpecOf } from './gate-rule.ts';

/** A rule of the team's own, over what is known and how the other gates stand. What cannot be worked out is no pass. */
export function rule(
  { name, when, otherwise }: SpecOf<'rule'>,
  picture: Picture,
  { file }: Pick<AdmissionFacts, 'file'>,
): GateFinding {
  const failed = (says: string, wayOut: string): GateFinding => ({
    state: 'failed',
    says,
    wayOut,
    liftedBy: peopleOf(file),
  });
  const read = ruleOf(when);
  if (read.problem !== null)
    return failed(
      `The rule "${name}" cannot be read: ${read.problem.message}`,
      'Correct it in the project file: rung check',
    );
  const outcome = read.ask(picture);
  if (outcome.kind === 'overfull')
    return failed(
      `The rule "${name}" cannot be asked: there are more than ${outcome.most} \`${outcome.field}\`.`,
      'Promote a smaller release, or ask a webhook instead.',
    );
  if (outcome.kind === 'failed')
    return failed(
      `The rule "${name}" could not be worked out: ${outcome.reason}.`,
      otherwise === '' ? 'Give it what it looks at, or ask `has(…)` first in the rule.' : otherwise,
    );
  if (outcome.isTrue) return { state: 'passed', says: `The rule "${name}" holds.` };
  return failed(
    `The rule "${name}" does not hold: ${shortly(when)}`,
    otherwise === '' ? 'Look at what the rule asks for.' : otherwise,
  );
}

const shortly = (when: string): string => {
  const line = when.replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};
