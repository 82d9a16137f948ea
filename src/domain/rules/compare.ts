import type { EnvironmentName } from '../ids.ts';
import { sourceName } from '../alarms/source.ts';
import { canonicalJson, type Json } from '../canonical.ts';
import { type Rung, rungOf } from '../pipeline.ts';
import {
  type ApprovalPolicy,
  type DeployMode,
  type EnvironmentSpec,
  type FreezeSpec,
  type PipelineStep,
  type ProjectFile,
  type Tier,
} from '../project-file/types.ts';
import { listText, spanText } from '../wording.ts';
import { compared, numbers, type RuleChange, sets } from './change.ts';
import { gateChanges } from './gates.ts';
import { holdersOf, membersOf } from './people.ts';
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
  if (same(before, after)) return [];
  const changes = [
    ...specChanges(before.spec, after.spec),
    ...orderChanges(before.rung, after.rung),
    ...stepChanges(before.rung?.step, after.rung?.step, from, to),
    ...freezeChanges(before.freezes, after.freezes),
    ...payloadChanges(before, after),
  ];
  return changes.length > 0
    ? changes
    : [{ what: 'something that cannot be compared', from: 'as it is', to: 'another', effect: 'weakens' }];
}

/** Everything in the file that rules one environment, people included. */
interface Ruling {
  readonly spec: EnvironmentSpec | undefined;
  readonly rung: Rung | null;
  readonly freezes: readonly FreezeSpec[];
  readonly people: readonly string[];
  /** Of a protected environment; what the log keeps is theirs to say. Absent: for ever. */
  readonly keepPayloadsMs?: number;
}

function rulingOf(file: ProjectFile, environment: EnvironmentName): Ruling {
  const spec = file.environments[environment];
  const rung = rungOf(file, environment);
  const isProtected = spec?.tier === 'staging' || spec?.tier === 'production';
  return {
    spec,
    rung,
    freezes: [...(spec?.freezes ?? []), ...(isProtected ? (file.freezes ?? []) : [])],
    people: rung === null ? [] : namedIn(rung.step, file),
    ...(isProtected && file.audit),
  };
}

/** Not to say how long is to keep them for ever, which is safer than any time. */
const payloadChanges = (from: Ruling, to: Ruling): readonly RuleChange[] =>
  compared('payloads of the log kept', from.keepPayloadsMs, to.keepPayloadsMs, {
    text: spanText,
    order: (left, right) => right - left,
    having: 'weakens',
  });

/** Whoever the step names or lets speak. */
function namedIn(step: PipelineStep, file: ProjectFile): readonly string[] {
  const gates = step.gates.flatMap((gate) => {
    if (gate.kind === 'validation') return membersOf(file, []);
    return 'from' in gate ? membersOf(file, gate.from) : [];
  });
  const { approvals, waive = [], emergency } = step;
  return [
    ...holdersOf(file, approvals?.from ?? []),
    ...holdersOf(file, waive),
    ...holdersOf(file, emergency?.from ?? []),
    ...holdersOf(file, emergency?.second ?? []),
    ...gates,
  ].toSorted();
}

const same = (left: Ruling, right: Ruling): boolean =>
  canonicalJson(left as unknown as Json) === canonicalJson(right as unknown as Json);

function specChanges(
  from: EnvironmentSpec | undefined,
  to: EnvironmentSpec | undefined,
): readonly RuleChange[] {
  if (from === undefined || to === undefined)
    return compared('environment', from, to, {
      text: ({ tier }) => tier,
      order: () => null,
      having: 'strengthens',
    });
  return [
    ...compared('tier', from.tier, to.tier, { text: String, order: tierOrder, having: 'neither' }),
    ...compared('deploy', from.deploy, to.deploy, { text: String, order: deployOrder, having: 'neither' }),
    ...compared('source', from.source, to.source, {
      text: String,
      order: () => null,
      having: 'weakens',
    }),
    ...windowChanges(from.windows, to.windows),
    ...compared('alarms', from.alarms, to.alarms, {
      text: (sources) => listText(sources.map(sourceName)),
      order: () => null,
      having: 'strengthens',
    }),
    ...detailChanges(from, to),
  ];
}

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

/** No window at all is always open; with some, each more lets more in. */
function windowChanges(
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
): readonly RuleChange[] {
  if (from !== undefined && to !== undefined) return sets('windows', from, to, 'fewer');
  return compared('windows', from, to, {
    text: (windows) => listText(windows),
    order: () => null,
    having: 'strengthens',
  });
}

const freezeText = (freeze: FreezeSpec): string =>
  `${freeze.kind === 'once' ? `${freeze.from} to ${freeze.to}` : `every ${freeze.days}`} ${freeze.zone} (${freeze.reason})`;

const freezeChanges = (from: readonly FreezeSpec[], to: readonly FreezeSpec[]): readonly RuleChange[] =>
  sets('freezes', from.map(freezeText), to.map(freezeText), 'more');

/** What is said of an environment and lets nothing in. */
const details = ['purpose', 'owner', 'lifecycle', 'mirrors', 'ports'] as const;

const detailChanges = (from: EnvironmentSpec, to: EnvironmentSpec): readonly RuleChange[] =>
  details.flatMap((detail) =>
    compared<unknown>(detail, from[detail], to[detail], {
      text: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
      order: () => 0,
      having: 'neither',
    }),
  );

function orderChanges(from: Rung | null, to: Rung | null): readonly RuleChange[] {
  const pathOf = (rung: Rung | null): readonly string[] | undefined =>
    rung?.before.map(({ environment }) => environment);
  return compared('way', pathOf(from), pathOf(to), {
    text: (path) => (path.length === 0 ? 'straight in' : path.join(', ')),
    order: (left, right) =>
      left.length < right.length && left.every((name) => right.includes(name)) ? 1 : -1,
    having: 'weakens',
  });
}

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
      'fewer',
    ),
    ...sets(
      'may ask in an emergency',
      holdersOf(before, from?.emergency?.from ?? []),
      holdersOf(after, to?.emergency?.from ?? []),
      'fewer',
    ),
    ...sets(
      'may confirm an emergency',
      holdersOf(before, from?.emergency?.second ?? []),
      holdersOf(after, to?.emergency?.second ?? []),
      'fewer',
    ),
  ];
}

function approvalChanges(
  from: ApprovalPolicy | undefined,
  to: ApprovalPolicy | undefined,
  before: ProjectFile,
  after: ProjectFile,
): readonly RuleChange[] {
  if (from === undefined || to === undefined)
    return compared('approvals', from, to, {
      text: ({ count, from: roles }) => `${count} of ${listText(roles, 'or')}`,
      order: () => null,
      having: 'strengthens',
    });
  return [
    ...numbers('approvals', from.count, to.count, 'more'),
    ...numbers('different roles among the approvers', from.distinctRoles, to.distinctRoles, 'more'),
    ...compared('the requester may approve', !from.notRequester, !to.notRequester, {
      text: (may) => (may ? 'yes' : 'no'),
      order: (left, right) => Number(left) - Number(right),
      having: 'neither',
    }),
    ...numbers('approvals expire after', from.expireMs, to.expireMs, 'less', spanText),
    ...sets('may approve', holdersOf(before, from.from), holdersOf(after, to.from), 'fewer'),
  ];
}
