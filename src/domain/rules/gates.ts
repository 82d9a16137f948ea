import { type GateKind, gateName } from '../gate.ts';
import type { RoleName } from '../ids.ts';
import type { GateSpec, ProjectFile } from '../project-file/types.ts';
import { listText, shareText, spanText } from '../wording.ts';
import { compared, comparedIfAny, numbers, type RuleChange, sets, unknowable } from './change.ts';
import { signersOf } from '../roles.ts';

interface Roles {
  readonly from: Pick<ProjectFile, 'roles'>;
  readonly to: Pick<ProjectFile, 'roles'>;
}

/** The gates of a step, before and after; each by its name. */
export function gateChanges(
  from: readonly GateSpec[],
  to: readonly GateSpec[],
  roles: Roles,
): readonly RuleChange[] {
  const [before, after] = [byName(from), byName(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) =>
    comparedIfAny(`gate ${name}`, before.get(name), after.get(name), {
      text: gateText,
      having: 'strengthens',
      both: (left, right) => bothChanges(`gate ${name}`, left, right, roles),
    }),
  );
}

const byName = (specs: readonly GateSpec[]): ReadonlyMap<string, GateSpec> =>
  new Map(specs.map((spec) => [gateName(spec), spec]));

/** A name can go on with a gate of another kind: nobody can say which of them is the safer one. */
const bothChanges = (what: string, from: GateSpec, to: GateSpec, roles: Roles): readonly RuleChange[] =>
  isOfKind(to, from.kind)
    ? settingChanges(from.kind, what, from, to, roles)
    : unknowable<GateSpec>(what, from, to, gateText);

type OfKind<Kind extends GateKind> = Extract<GateSpec, { readonly kind: Kind }>;

const isOfKind = <Kind extends GateKind>(spec: GateSpec, kind: Kind): spec is OfKind<Kind> =>
  spec.kind === kind;

const settingChanges = <Kind extends GateKind>(
  kind: Kind,
  what: string,
  from: OfKind<Kind>,
  to: OfKind<Kind>,
  roles: Roles,
): readonly RuleChange[] => settings[kind](what, from, to, roles);

/** What can be set of a gate, kind by kind. */
const settings: {
  readonly [Kind in GateKind]: (
    what: string,
    from: OfKind<Kind>,
    to: OfKind<Kind>,
    roles: Roles,
  ) => readonly RuleChange[];
} = {
  soak: (what, from, to) => numbers(`${what} for`, from.forMs, to.forMs, 'more', spanText),
  smoke: () => [],
  validation: (what, _from, _to, roles) => signerChanges(what, [], [], roles),
  tests: (what, from, to) => suiteChanges(`${what} suites`, from.suites, to.suites),
  coverage: (what, from, to) =>
    compared<OfKind<'coverage'>>(what, from, to, {
      text: coverageText,
      order: (left, right) => right.limit - left.limit || Number(left.inclusive) - Number(right.inclusive),
    }),
  review: (what, from, to) => numbers(what, from.count, to.count, 'more'),
  scan: (what, from, to) => sets(`${what} refuses`, from.none, to.none, 'more'),
  stability: (what, from, to) => [
    ...numbers(`${what} for`, from.forMs, to.forMs, 'more', spanText),
    ...numbers(`${what} errors below`, from.errors, to.errors, 'less', shareText),
  ],
  alarms: () => [],
  uat: (what, from, to, roles) => signerChanges(what, from.from, to.from, roles),
  'change-request': (what, from, to, roles) => signerChanges(what, from.from, to.from, roles),
  'rollback-plan': (what, from, to, roles) => signerChanges(what, from.from, to.from, roles),
  checklist: (what, from, to, roles) => [
    ...sets(`${what} items`, from.items, to.items, 'more'),
    ...signerChanges(what, from.from, to.from, roles),
  ],
  bugs: (what, from, to) => numbers(what, from.atMost, to.atMost, 'less'),
  // What an expression or a program answers cannot be compared: it could be anything.
  rule: (what, from, to) => [
    ...unknowable(what, from.when, to.when),
    ...compared(`${what} says`, from.otherwise, to.otherwise, { text: String, order: () => 0 }),
  ],
  webhook: (what, from, to) => [
    ...unknowable(what, from.url, to.url),
    ...numbers(`${what} answers within`, from.timeoutMs, to.timeoutMs, 'less', spanText),
  ],
};

/** None named is every one that was run, and no other has to be there: to name some asks for more, and lets the rest fail. */
const suiteChanges = (what: string, from: readonly string[], to: readonly string[]): readonly RuleChange[] =>
  (from.length === 0) === (to.length === 0)
    ? sets(what, from, to, 'more')
    : unknowable(what, from, to, suitesText);

const suitesText = (suites: readonly string[]): string =>
  suites.length === 0 ? 'all tests' : listText(suites);

/** Whose word opens a gate that people open. */
const signerChanges = (
  what: string,
  from: readonly RoleName[],
  to: readonly RoleName[],
  roles: Roles,
): readonly RuleChange[] =>
  sets(`${what} signed by`, signersOf(roles.from, from).members, signersOf(roles.to, to).members, 'less');

const coverageText = ({ limit, inclusive }: OfKind<'coverage'>): string =>
  `${inclusive ? 'at least' : 'over'} ${shareText(limit)}`;

/** A gate in a few words. */
function gateText(spec: GateSpec): string {
  switch (spec.kind) {
    case 'soak':
      return spanText(spec.forMs);
    case 'coverage':
      return coverageText(spec);
    case 'tests':
      return suitesText(spec.suites);
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
