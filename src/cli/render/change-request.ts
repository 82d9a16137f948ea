import { actorName } from '../../domain/actor.ts';
import type { ClosedChange } from '../../domain/change-request.ts';
import type { ChangeRequestView } from '../rung-client.ts';
import { listed } from './figures.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { ago, duration, exactly } from './time.ts';
import { wrap } from './width.ts';

/** A change request whole: what it says, who approved it, how it ended. */
export function changeLines(change: ChangeRequestView, look: Look): readonly string[] {
  const { style } = look;
  const { form } = change;
  return [
    `${style.strong(change.id)}${form.reference === null ? '' : ` (${form.reference})`}  ${change.release.version} to ${change.environment}: ${stateText(change, look)}`,
    style.faint(`asked by ${actorName(change.requestedBy)} ${ago(change.requestedAt, look)}`),
    '',
    ...fact('window', windowText(change, look), look),
    ...fact('type', `${form.type}, ${form.risk} risk`, look),
    ...fact('rollback', `within ${form.rollbackMinutes} min`, look),
    ...fact('testing', form.testing, look),
    ...fact('telling', form.communication, look),
    ...(form.description === '' ? [] : fact('more', form.description, look)),
    ...approvalLines(change, look),
    ...(change.state.phase === 'closed' ? closedLines(change.state, look) : []),
    ...change.notes.map(({ by, at, text }) => `  ${style.faint(`${by}, ${ago(at, look)}:`)} ${text}`),
  ];
}

const windowText = ({ form: { window } }: ChangeRequestView, look: Look): string =>
  `${exactly(window.from, look)} to ${exactly(window.to, look)}`;

function fact(name: string, text: string, look: Look): readonly string[] {
  return wrap(text, look.width - 14).map(
    (line, index) => `  ${look.style.faint((index === 0 ? name : '').padEnd(9))}  ${line}`,
  );
}

function approvalLines(
  { id, approvals, approvers, state }: ChangeRequestView,
  look: Look,
): readonly string[] {
  const { style } = look;
  const given = approvals.map(({ by, roles, at, comment, counts }) => {
    const sign = counts ? style.good('✓') : style.faint('✗ void');
    return `  ${sign} ${by} as ${roles.join(', ')}, ${ago(at, look)}${comment === '' ? '' : `: ${comment}`}`;
  });
  const from = approvers.length === 0 ? 'another member' : `somebody else who is ${listed(approvers, 'or')}`;
  const wanted =
    state.phase === 'open'
      ? [`  ${style.warning('◷')} ${from} has to approve it: rung change-request approve ${id}`]
      : [];
  const lines = [...given, ...wanted];
  return lines.length === 0 ? [] : ['', 'Approvals', ...lines];
}

function closedLines(state: ClosedChange, look: Look): readonly string[] {
  const { style } = look;
  const took = duration(state.endedAt - state.startedAt);
  return [
    '',
    `Carried out from ${exactly(state.startedAt, look)} to ${exactly(state.endedAt, look)}, ${took}`,
    ...(state.deviations.length === 0
      ? [`  ${style.good('✓')} as it was planned`]
      : state.deviations.flatMap(({ says }) =>
          wrap(says, look.width - 4).map(
            (line, index) => `  ${index === 0 ? style.warning('!') : ' '} ${line}`,
          ),
        )),
  ];
}

/** How it stands, in a few words with a sign. */
export function stateText({ state }: Pick<ChangeRequestView, 'state'>, look: Look): string {
  const { style } = look;
  switch (state.phase) {
    case 'open':
      return style.warning('◷ open');
    case 'approved':
      return style.good(`✓ approved ${ago(state.at, look)}`);
    case 'rejected':
      return style.bad(`✗ rejected by ${actorName(state.by)} ${ago(state.at, look)}: ${state.reason}`);
    case 'implementing':
      return style.live(`◉ being carried out since ${ago(state.since, look)}`);
    case 'closed':
      return closedText(state, look);
  }
}

function closedText({ outcome, deviations, at }: ClosedChange, look: Look): string {
  const count = deviations.length === 0 ? '' : `, ${deviations.length} otherwise than planned`;
  const text = `closed ${ago(at, look)}: ${outcome}${count}`;
  return outcome === 'implemented' ? look.style.good(`✓ ${text}`) : look.style.bad(`↩ ${text}`);
}

export const changeTable = (changes: readonly ChangeRequestView[], look: Look): readonly string[] =>
  changes.length === 0
    ? ['No change request. `rung change-request create VERSION --to ENVIRONMENT …` writes one.']
    : table(
        [{ title: 'NUMBER' }, { title: 'WHAT' }, { title: 'RISK' }, { title: 'WINDOW' }, { title: 'STATE' }],
        changes.map((change) => [
          look.style.strong(change.id),
          `${change.release.version} to ${change.environment}`,
          change.form.risk,
          windowText(change, look),
          stateText(change, look),
        ]),
        look,
      );
