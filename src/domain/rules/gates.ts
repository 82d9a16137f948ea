import { gateName } from '../gate.ts';
import type { GateSpec, ProjectFile } from '../project-file/types.ts';
import { listText, shareText, spanText } from '../wording.ts';
import { compared, numbers, type RuleChange, sets } from './change.ts';
import { membersOf } from './people.ts';

type Roles = Pick<ProjectFile, 'roles'>;

/** The gates of a step, before and after; each by its name. */
export function gateChanges(
  from: readonly GateSpec[],
  to: readonly GateSpec[],
  roles: { readonly from: Roles; readonly to: Roles },
): readonly RuleChange[] {
  const names = [...new Set([...from, ...to].map(gateName))];
  return names.flatMap((name) => {
    const before = from.find((spec) => gateName(spec) === name);
    const after = to.find((spec) => gateName(spec) === name);
    if (before !== undefined && after !== undefined && before.kind === after.kind)
      return settingChanges(`gate ${name}`, before, after, roles);
    return compared(`gate ${name}`, before, after, {
      text: gateText,
      order: () => null,
      having: 'strengthens',
    });
  });
}

/** Both are of one kind. */
function settingChanges(
  what: string,
  before: GateSpec,
  after: GateSpec,
  roles: { readonly from: Roles; readonly to: Roles },
): readonly RuleChange[] {
  return [
    ...figureChanges(what, before, after),
    ...listChanges(what, before, after),
    ...('when' in before && 'when' in after ? unknowable(what, before.when, after.when) : []),
    ...('url' in before && 'url' in after ? unknowable(what, before.url, after.url) : []),
    ...signerChanges(what, before, after, roles),
  ];
}

function figureChanges(what: string, before: GateSpec, after: GateSpec): readonly RuleChange[] {
  if (before.kind === 'coverage' && after.kind === 'coverage')
    return compared(what, shareOf(before), shareOf(after), {
      text: ({ limit, inclusive }) => `${inclusive ? 'at least' : 'over'} ${shareText(limit)}`,
      order: (left, right) => right.limit - left.limit || Number(left.inclusive) - Number(right.inclusive),
      having: 'strengthens',
    });
  return [
    ...('forMs' in before && 'forMs' in after
      ? numbers(`${what} for`, before.forMs, after.forMs, 'more', spanText)
      : []),
    ...('errors' in before && 'errors' in after
      ? numbers(`${what} errors below`, before.errors, after.errors, 'less', shareText)
      : []),
    ...('count' in before && 'count' in after ? numbers(what, before.count, after.count, 'more') : []),
    ...('atMost' in before && 'atMost' in after ? numbers(what, before.atMost, after.atMost, 'less') : []),
    ...('timeoutMs' in before && 'timeoutMs' in after
      ? numbers(`${what} answers within`, before.timeoutMs, after.timeoutMs, 'less', spanText)
      : []),
  ];
}

const shareOf = ({ limit, inclusive }: Extract<GateSpec, { kind: 'coverage' }>) => ({ limit, inclusive });

function listChanges(what: string, before: GateSpec, after: GateSpec): readonly RuleChange[] {
  return [
    ...('suites' in before && 'suites' in after
      ? sets(`${what} suites`, before.suites, after.suites, 'more')
      : []),
    ...('none' in before && 'none' in after ? sets(`${what} refuses`, before.none, after.none, 'more') : []),
    ...('items' in before && 'items' in after
      ? sets(`${what} items`, before.items, after.items, 'more')
      : []),
    ...('otherwise' in before && 'otherwise' in after && before.otherwise !== after.otherwise
      ? [{ what: `${what} says`, from: before.otherwise, to: after.otherwise, effect: 'neither' as const }]
      : []),
  ];
}

/** What a program or an expression answers cannot be compared: it could be anything. */
const unknowable = (what: string, from: string, to: string): readonly RuleChange[] =>
  compared(what, from, to, { text: (value) => value, order: () => null, having: 'strengthens' });

/** Whose word opens a gate that people open. */
function signerChanges(
  what: string,
  before: GateSpec,
  after: GateSpec,
  roles: { readonly from: Roles; readonly to: Roles },
): readonly RuleChange[] {
  if (!isSigned(before) || !isSigned(after)) return [];
  return sets(
    `${what} signed by`,
    membersOf(roles.from, 'from' in before ? before.from : []),
    membersOf(roles.to, 'from' in after ? after.from : []),
    'fewer',
  );
}

const isSigned = (spec: GateSpec): boolean => 'from' in spec || spec.kind === 'validation';

/** A gate in a few words. */
function gateText(spec: GateSpec): string {
  switch (spec.kind) {
    case 'soak':
      return spanText(spec.forMs);
    case 'coverage':
      return `${spec.inclusive ? 'at least' : 'over'} ${shareText(spec.limit)}`;
    case 'tests':
      return spec.suites.length === 0 ? 'all tests' : listText(spec.suites);
    case 'scan':
      return `nothing ${listText(spec.none, 'or')}`;
    case 'stability':
      return `${spanText(spec.forMs)}, errors below ${shareText(spec.errors)}`;
    case 'review':
      return `by ${spec.count}`;
    case 'bugs':
      return `${spec.atMost} at the most`;
    case 'checklist':
      return listText(spec.items);
    case 'rule':
      return spec.when;
    case 'webhook':
      return spec.url;
    case 'smoke':
    case 'validation':
    case 'alarms':
    case 'uat':
    case 'change-request':
    case 'rollback-plan':
      return 'asked for';
  }
}
