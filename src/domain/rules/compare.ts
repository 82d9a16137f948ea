import type { EnvironmentName } from '../ids.ts';
import { sourceName } from '../alarms/source.ts';
import { canonicalJson, type Json } from '../canonical.ts';
import { type Rung, rungOf } from '../pipeline.ts';
import {
  type AlarmSourceSpec,
  type ApprovalPolicy,
  type DeployMode,
  type EnvironmentSpec,
  type FreezeSpec,
  type PipelineStep,
  type ProjectFile,
  type Tier,
} from '../project-file/types.ts';
import { listText, spanText } from '../wording.ts';
import { compared, comparedIfAny, numbers, type RuleChange, sets, unknowable } from './change.ts';
import { gateChanges } from './gates.ts';
import { holdersOf } from './people.ts';
import { isProtected } from './proposal.ts';
import { rolloutChanges } from './rollout.ts';

/**
 * What another project file would change in the rules of one environment, and whether it weakens them. Empty when the
 * rules are the same. Where something differs that no rule here knows, that is said, and counts as weaker.
 */
export function compareRules(
  from: ProjectFile,
  to: ProjectFile,
  environment: EnvironmentName,
): readonly RuleChange[] {
  const before = rulingOf(from, environment);
  const after = rulingOf(to, environment);
  const changes = [
    ...specChanges(before.spec, after.spec),
    ...orderChanges(before.rung, after.rung),
    ...stepChanges(before.rung?.step, after.rung?.step, from, to),
    ...freezeChanges(before.freezes, after.freezes),
    ...payloadChanges(before, after),
  ];
  return changes.length > 0 || same(before, after)
    ? changes
    : [{ what: 'something that cannot be compared', from: 'as it is', to: 'another', effect: 'weakens' }];
}

/** Everything in the file that rules one environment, but for who holds the roles it names. */
interface Ruling {
  readonly spec: EnvironmentSpec | undefined;
  readonly rung: Rung | null;
  readonly freezes: readonly FreezeSpec[];
  /** Of a protected environment; what the log keeps is theirs to say. Absent: for ever. */
  readonly keepPayloadsMs?: number;
}

function rulingOf(file: ProjectFile, environment: EnvironmentName): Ruling {
  const spec = file.environments[environment];
  const isGuarded = isProtected(file, environment);
  return {
    spec,
    rung: rungOf(file, environment),
    freezes: [...(spec?.freezes ?? []), ...(isGuarded ? (file.freezes ?? []) : [])],
    ...(isGuarded && file.audit),
  };
}

const logKept = 'payloads of the log kept';

/** Not to say how long is to keep them for ever, which is safer than any time. */
const payloadChanges = (from: Ruling, to: Ruling): readonly RuleChange[] =>
  comparedIfAny(logKept, from.keepPayloadsMs, to.keepPayloadsMs, {
    text: spanText,
    having: 'weakens',
    both: (left, right) => numbers(logKept, left, right, 'more', spanText),
  });

const same = (left: Ruling, right: Ruling): boolean =>
  canonicalJson(left as unknown as Json) === canonicalJson(right as unknown as Json);

const specChanges = (
  from: EnvironmentSpec | undefined,
  to: EnvironmentSpec | undefined,
): readonly RuleChange[] =>
  comparedIfAny('environment', from, to, {
    text: ({ tier }) => tier,
    having: 'strengthens',
    both: (left, right) => [
      ...compared('tier', left.tier, right.tier, { text: String, order: tierOrder }),
      ...compared('deploy', left.deploy, right.deploy, { text: String, order: deployOrder }),
      ...sourceChanges(left.source, right.source),
      ...windowChanges(left.windows, right.windows),
      ...alarmChanges(left.alarms, right.alarms),
      ...detailChanges(left, right),
    ],
  });

/** From the least to the most looked after. */
const careOf: Readonly<Record<Tier, number>> = {
  preview: 0,
  development: 1,
  testing: 2,
  staging: 3,
  production: 4,
};
const tierOrder = (from: Tier, to: Tier): number => careOf[to] - careOf[from];

const handsOf: Readonly<Record<DeployMode, number>> = { automatic: 0, 'on-merge': 0, manual: 1 };
const deployOrder = (from: DeployMode, to: DeployMode): number => handsOf[to] - handsOf[from];

const sourceChanges = (from: string | undefined, to: string | undefined): readonly RuleChange[] =>
  comparedIfAny('source', from, to, {
    text: String,
    having: 'weakens',
    both: (left, right) => unknowable('source', left, right),
  });

/** No window at all is always open; with some, each more lets more in. */
const windowChanges = (
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
): readonly RuleChange[] =>
  comparedIfAny('windows', from, to, {
    text: (windows) => listText(windows),
    having: 'strengthens',
    both: (left, right) => sets('windows', left, right, 'less'),
  });

const alarmsText = (sources: readonly AlarmSourceSpec[]): string => listText(sources.map(sourceName));

const alarmChanges = (
  from: readonly AlarmSourceSpec[] | undefined,
  to: readonly AlarmSourceSpec[] | undefined,
): readonly RuleChange[] =>
  comparedIfAny('alarms', from, to, {
    text: alarmsText,
    having: 'strengthens',
    both: (left, right) => unknowable('alarms', left, right, alarmsText),
  });

const freezeText = (freeze: FreezeSpec): string =>
  `${freeze.kind === 'once' ? `${freeze.from} to ${freeze.to}` : `every ${freeze.days}`} ${freeze.zone} (${freeze.reason})`;

const freezeChanges = (from: readonly FreezeSpec[], to: readonly FreezeSpec[]): readonly RuleChange[] =>
  sets('freezes', from.map(freezeText), to.map(freezeText), 'more');

/** What is said of an environment and lets nothing in. */
const details = ['purpose', 'owner', 'lifecycle', 'mirrors', 'ports'] as const;

const detailChanges = (from: EnvironmentSpec, to: EnvironmentSpec): readonly RuleChange[] =>
  details.flatMap((detail) =>
    comparedIfAny<unknown>(detail, from[detail], to[detail], {
      text: detailText,
      having: 'neither',
      both: (left, right) => compared(detail, left, right, { text: detailText, order: () => 0 }),
    }),
  );

const detailText = (detail: unknown): string =>
  typeof detail === 'string' ? detail : JSON.stringify(detail);

function orderChanges(from: Rung | null, to: Rung | null): readonly RuleChange[] {
  const pathOf = (rung: Rung | null): readonly string[] | undefined =>
    rung?.before.map(({ environment }) => environment);
  const text = (path: readonly string[]): string => (path.length === 0 ? 'straight in' : path.join(', '));
  return comparedIfAny('way', pathOf(from), pathOf(to), {
    text,
    having: 'weakens',
    both: (left, right) => compared('way', left, right, { text, order: pathOrder }),
  });
}

/** Safer with more rungs on the way, as long as none is left out. */
const pathOrder = (from: readonly string[], to: readonly string[]): number =>
  from.length < to.length && from.every((name) => to.includes(name)) ? 1 : -1;

function stepChanges(
  from: PipelineStep | undefined,
  to: PipelineStep | undefined,
  before: ProjectFile,
  after: ProjectFile,
): readonly RuleChange[] {
  return [
    ...gateChanges(from?.gates ?? [], to?.gates ?? [], { from: before, to: after }),
    ...approvalChanges(from?.approvals, to?.approvals, before, after),
    ...rolloutChanges(from?.rollout, to?.rollout),
    ...sets(
      'may waive gates',
      holdersOf(before, from?.waive ?? []),
      holdersOf(after, to?.waive ?? []),
      'less',
    ),
    ...sets(
      'may ask in an emergency',
      holdersOf(before, from?.emergency?.from ?? []),
      holdersOf(after, to?.emergency?.from ?? []),
      'less',
    ),
    ...sets(
      'may confirm an emergency',
      holdersOf(before, from?.emergency?.second ?? []),
      holdersOf(after, to?.emergency?.second ?? []),
      'less',
    ),
  ];
}

const approvalChanges = (
  from: ApprovalPolicy | undefined,
  to: ApprovalPolicy | undefined,
  before: ProjectFile,
  after: ProjectFile,
): readonly RuleChange[] =>
  comparedIfAny('approvals', from, to, {
    text: ({ count, from: roles }) => `${count} of ${listText(roles, 'or')}`,
    having: 'strengthens',
    both: (left, right) => policyChanges(left, right, before, after),
  });

function policyChanges(
  from: ApprovalPolicy,
  to: ApprovalPolicy,
  before: ProjectFile,
  after: ProjectFile,
): readonly RuleChange[] {
  return [
    ...numbers('approvals', from.count, to.count, 'more'),
    ...numbers('different roles among the approvers', from.distinctRoles, to.distinctRoles, 'more'),
    ...compared('the requester may approve', !from.notRequester, !to.notRequester, {
      text: (may) => (may ? 'yes' : 'no'),
      order: (left, right) => Number(left) - Number(right),
    }),
    ...numbers('approvals expire after', from.expireMs, to.expireMs, 'less', spanText),
    ...sets('may approve', holdersOf(before, from.from), holdersOf(after, to.from), 'less'),
  ];
}
