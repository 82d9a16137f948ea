import { exitCodeOf, Failure } from '../../domain/failure.ts';
import { nearestName } from '../../domain/project-file/nearest.ts';
import type { Cli } from '../cli.ts';
import { explanations } from '../explanations.ts';
import { wrap } from '../render/width.ts';

export default async function explain(
  cli: Cli,
  flags: { readonly json?: boolean },
  code: string,
): Promise<void> {
  const explanation = Object.hasOwn(explanations, code) ? explanations[code] : undefined;
  if (explanation === undefined) throw unexplained(code);
  const facts = { code, ...explanation, exitCode: exitCodeOf(explanation.kind) };
  cli.answer(flags, facts, (view, look) => [
    `${look.style.strong(code)}  ${look.style.faint(`${view.kind}, exit code ${String(view.exitCode)}`)}`,
    '',
    ...wrap(view.means, Math.min(look.width, 100)),
    '',
    ...wrap(view.wayOut, Math.min(look.width, 100)),
  ]);
  await Promise.resolve();
}

function unexplained(code: string): Failure {
  const codes = Object.keys(explanations);
  const meant = nearestName(code, codes);
  return new Failure('absent', 'explanation-unknown', `There is no longer explanation of ${code}.`, {
    wayOut: `${meant === null ? '' : `Did you mean ${meant}? `}These are explained: ${codes.join(', ')}.`,
  });
}
