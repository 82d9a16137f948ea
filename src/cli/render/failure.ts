import { exitCodeOf, type Failure, httpStatusOf, type Problem } from '../../domain/failure.ts';
import { admissionLines, isAdmission } from './admission.ts';
import type { Look } from './look.ts';
import { printable } from './printable.ts';
import { wrap } from './width.ts';

/** What did not work, everything that is wrong with it, and what to do: for people. */
export function failureLines(failure: Failure, look: Look): readonly string[] {
  const { style } = look;
  const said = printable({
    message: failure.message,
    wayOut: failure.wayOut,
    problems: failure.problems,
    admission: failure.facts['admission'],
  });
  const sign = failure.kind === 'interrupted' ? style.faint('–') : style.bad('✗');
  const blockers = isAdmission(said.admission) ? ['', ...admissionLines(said.admission, look), ''] : [];
  return [
    ...wrap(`${sign} ${said.message}`, look.width, '  '),
    ...said.problems.flatMap((problem) => problemLines(problem, look)),
    ...blockers,
    ...(said.wayOut === undefined || isSaidAbove(said.wayOut, said.admission)
      ? []
      : wrap(said.wayOut, look.width - 2).map((line) => `  ${line}`)),
    // Whoever stopped it knows why.
    ...(failure.kind === 'interrupted' ? [] : [style.faint(`  more: rung explain ${failure.code}`)]),
  ];
}

const isSaidAbove = (wayOut: string, admission: unknown): boolean =>
  isAdmission(admission) && admission.blockers.some((blocker) => blocker.wayOut === wayOut);

/** `rung.yaml:12:5  message`, in the form that editors and terminals make a link of. */
export function problemLines(problem: Problem, look: Look): readonly string[] {
  const { place, pointer } = problem;
  const where =
    place === undefined ? (pointer ?? '') : `${place.file}:${String(place.line)}:${String(place.column)}`;
  return [
    `  ${where === '' ? '' : `${look.style.strong(where)}  `}${problem.message}`,
    ...(problem.instead === undefined ? [] : [`    ${look.style.good('→')} ${problem.instead}`]),
  ];
}

const titles: Record<Failure['kind'], string> = {
  invalid: 'The input is not valid',
  denied: 'Not allowed',
  absent: 'Not found',
  conflict: 'Something else came first',
  limited: 'Too much at once',
  unavailable: 'Not available now',
  interrupted: 'Interrupted',
  defect: 'A fault of Rung itself',
};

/** The same as a problem document (RFC 9457), with the exit code beside the status. */
export const failureProblem = (failure: Failure): Readonly<Record<string, unknown>> => ({
  type: `urn:rung:failure:${failure.code}`,
  title: titles[failure.kind],
  status: httpStatusOf(failure.kind),
  kind: failure.kind,
  code: failure.code,
  detail: failure.message,
  wayOut: failure.wayOut,
  problems: failure.problems,
  facts: failure.facts,
  exitCode: exitCodeOf(failure.kind),
});
