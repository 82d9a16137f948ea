import type { Admission, Blocker, Lifter, People } from '../../domain/admission.ts';
import type { GateAnswer } from '../../domain/gate.ts';
import { counted, listed } from './figures.ts';
import type { Look } from './look.ts';
import { fromNow } from './time.ts';
import { wrap } from './width.ts';

/** Every blocker at once: why, who can lift it, from when on, and what to do. Outright refusals come first. */
export function admissionLines(admission: Admission, look: Look): readonly string[] {
  const ordered = admission.blockers.toSorted((left, right) => weight(left) - weight(right));
  return ordered.flatMap((blocker, index) => {
    const isSaid = ordered.slice(0, index).some((before) => isLiftedAlike(before, blocker));
    const waivers = admission.gates.find(({ gate }) => gate === blocker.gate)?.waivers ?? null;
    return (index === 0 ? [] : ['']).concat(blockerLines(blocker, isSaid, waivers, look));
  });
}

const isLiftedAlike = (left: Blocker, right: Blocker): boolean =>
  left.liftedBy.kind === 'people' && JSON.stringify(left.liftedBy) === JSON.stringify(right.liftedBy);

const weight = (blocker: Blocker): number => (blocker.effect === 'refused' ? 0 : 1);

function blockerLines(
  blocker: Blocker,
  isSaid: boolean,
  waivers: People | null,
  look: Look,
): readonly string[] {
  const { style } = look;
  const sign = blocker.effect === 'refused' ? style.bad('✗ refused') : style.warning('◷ waits  ');
  const reason = wrap(blocker.reason, look.width - 13);
  return [
    ...reason.map((line, index) => `  ${index === 0 ? sign : '         '}  ${style.strong(line)}`),
    ...fact('who', isSaid ? 'the same people' : liftedBy(blocker.liftedBy), look),
    ...fact('earliest', earliest(blocker, look), look),
    ...fact('do', blocker.wayOut, look),
    ...(waivers === null ? [] : fact('waive', people(waivers), look)),
  ];
}

function fact(name: string, text: string, look: Look): readonly string[] {
  const lines = wrap(text, look.width - 23);
  return lines.map(
    (line, index) => `             ${look.style.faint((index === 0 ? name : '').padEnd(8))}  ${line}`,
  );
}

function earliest(blocker: Blocker, look: Look): string {
  if (blocker.earliest !== null) return fromNow(blocker.earliest, look);
  return blocker.liftedBy.kind === 'people' ? 'as soon as they do' : 'nobody can know yet';
}

function liftedBy(lifter: Lifter): string {
  switch (lifter.kind) {
    case 'time':
      return 'nobody needs to: it lifts by itself';
    case 'promotion':
      return `a promotion to ${lifter.environment}`;
    case 'people':
      return people(lifter);
  }
}

function people(lifter: People): string {
  const who = lifter.members.length > 0 ? listed(lifter.members, 'or') : 'nobody holds the role yet';
  const roles = lifter.roles.length > 0 ? ` as ${listed(lifter.roles, 'or')}` : '';
  const contacts = lifter.contacts.length > 0 ? ` (${lifter.contacts.join(', ')})` : '';
  return `${who}${roles}${contacts}`;
}

/** Gates that are open or were waived; those that are closed stand among the blockers. */
export function gateLines({ gates }: Admission, look: Look): readonly string[] {
  const open = gates.filter(({ state }) => state === 'passed' || state === 'waived');
  if (open.length === 0) return [];
  return ['Gates that are open', ...open.flatMap((gate) => gateLine(gate, look)), ''];
}

function gateLine({ gate, state, says, waiver }: GateAnswer, { style, width }: Look): readonly string[] {
  const sign = state === 'waived' ? style.warning('! waived') : style.good('✓');
  const why =
    waiver === null ? '' : ` Waived by ${waiver.by} as ${listed(waiver.roles, 'or')}: ${waiver.reason}`;
  const lines = wrap(`${gate}  ${says}${why}`, width - 13);
  return lines.map((line, index) => `  ${index === 0 ? `${sign} ` : '  '}${line}`);
}

/** `2 things are missing`, `refused for 1 reason and 2 things are missing`, `nothing is in the way`. */
export function admissionSummary(admission: Admission): string {
  const refusals = admission.blockers.filter((blocker) => blocker.effect === 'refused').length;
  const missing = admission.blockers.length - refusals;
  const waits = missing === 0 ? '' : `${counted(missing, 'thing is', 'things are')} missing`;
  if (refusals === 0) return waits === '' ? 'nothing is in the way' : waits;
  const refused = `refused for ${counted(refusals, 'reason')}`;
  return waits === '' ? refused : `${refused}, and ${waits}`;
}

/** Whether something that came over the wire is an admission, so that it can be shown as one. */
export function isAdmission(value: unknown): value is Admission {
  if (typeof value !== 'object' || value === null || !('blockers' in value && 'gates' in value)) return false;
  const { blockers, gates } = value;
  return Array.isArray(blockers) && blockers.every(isBlocker) && Array.isArray(gates);
}

const isBlocker = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'reason' in value &&
  typeof value.reason === 'string' &&
  'liftedBy' in value &&
  typeof value.liftedBy === 'object' &&
  'wayOut' in value &&
  typeof value.wayOut === 'string';
