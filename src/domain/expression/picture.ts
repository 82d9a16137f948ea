import { type Actor, actorName } from '../actor.ts';
import type { ChangeForm, ChangeRequest } from '../change-request.ts';
import { currentDeployment, type Environment } from '../environment.ts';
import { type Evidence, type EvidenceKind, type EvidenceOf, ofKind } from '../evidence/evidence.ts';
import type { GateAnswer } from '../gate.ts';
import type { Instant } from '../ids.ts';
import type { Approval } from '../promotion.ts';
import type { NoteLine, Release } from '../release.ts';
import { byName, decimal, type Field, int, list, moment, one, text, texts, type View, view } from './view.ts';

/** What a team's own rule is asked about, and how the rest of the step stands. */
export interface Subject {
  readonly facts: {
    readonly release: Release;
    /** The environments before the target, first to last; the last of them is the source. */
    readonly before: readonly Environment[];
    readonly target: Environment;
    /** The pieces that speak, newest first. */
    readonly evidence: readonly Evidence[];
    readonly change: ChangeRequest | null;
    /** Who asks for the promotion. */
    readonly requester: Actor;
  };
  /** How each other gate of the step stands. */
  readonly gates: readonly { readonly answer: Pick<GateAnswer, 'gate' | 'state'> }[];
  /** Those that count. */
  readonly approvals: readonly Approval[];
  readonly now: Instant;
}

type FactsOf<K extends EvidenceKind> = EvidenceOf<K>['facts'];

const tests = view<FactsOf<'tests'>>('Tests', {
  total: int((facts) => facts.total),
  passed: int((facts) => facts.passed),
  failed: int((facts) => facts.failed),
  errors: int((facts) => facts.errors),
  skipped: int((facts) => facts.skipped),
  flaky: int((facts) => facts.flaky),
});

const coverage = view<FactsOf<'coverage'>>('Coverage', {
  /** Of lines, 0 to 1. */
  ratio: decimal((facts) => facts.lineRatio),
  lines: int((facts) => facts.linesFound),
});

const scan = view<FactsOf<'scan'>>('Scan', {
  critical: int((facts) => facts.bySeverity.critical),
  high: int((facts) => facts.bySeverity.high),
  medium: int((facts) => facts.bySeverity.medium),
  low: int((facts) => facts.bySeverity.low),
});

const review = view<FactsOf<'review'>>('Review', {
  approvedBy: texts(100, (facts) => facts.approvedBy),
  requestedChanges: texts(100, (facts) => facts.requestedChanges),
});

const seenAs =
  <Part>({ ctor: Seen }: View<Part>) =>
  (part: Part): object =>
    new Seen(part);

/** By the name under which each piece was handed over; the newest of a name speaks. */
const handedOver = <K extends EvidenceKind>(
  kind: K,
  type: string,
  see: (facts: FactsOf<K>) => unknown,
): Field<readonly Evidence[]> =>
  byName(
    100,
    type,
    (pieces) => ofKind(pieces, kind),
    ({ name }) => name,
    ({ facts }) => see(facts),
  );

const evidence = view<readonly Evidence[]>('Evidence', {
  tests: handedOver('tests', tests.name, seenAs(tests)),
  coverage: handedOver('coverage', coverage.name, seenAs(coverage)),
  scan: handedOver('scan', scan.name, seenAs(scan)),
  count: handedOver('count', 'int', ({ count }) => BigInt(count)),
  review: handedOver('review', review.name, seenAs(review)),
});

const note = view<NoteLine>('Note', {
  kind: text(({ kind }) => kind),
  text: text((line) => line.text),
});

const release = view<Release>('Release', {
  version: text(({ version }) => version),
  tree: text(({ manifest }) => manifest.tree),
  commit: text(({ commit }) => commit),
  branch: text(({ branch }) => branch),
  services: texts(50, ({ manifest }) => Object.keys(manifest.services)),
  notes: list(500, note, ({ notes }) => notes),
  createdAt: moment(({ createdAt }) => createdAt),
  createdBy: text(({ createdBy }) => actorName(createdBy)),
});

/** All of it is empty where there is no environment. */
const environment = view<Environment | null>('Environment', {
  name: text((there) => there?.name ?? ''),
  tier: text((there) => there?.spec.tier ?? ''),
  /** What runs there as a whole; empty where nothing does, or services differ. */
  version: text((there) => (there === null ? '' : (currentDeployment(there)?.version ?? ''))),
});

const approval = view<Approval>('Approval', {
  by: text(({ by }) => by),
  roles: texts(50, ({ roles }) => roles),
  at: moment(({ at }) => at),
});

const changeWindow = view<ChangeForm['window']>('ChangeWindow', {
  from: moment(({ from }) => from),
  to: moment(({ to }) => to),
});

/** Where there is no change request, its state is `none`, and a rule that asks for anything else of it cannot be worked out. */
const change = view<ChangeRequest | null>('Change', {
  state: text((asked) => asked?.state.phase ?? 'none'),
  ...ofChange({
    id: text(({ id }) => id),
    type: text(({ form }) => form.type),
    risk: text(({ form }) => form.risk),
    window: one(changeWindow, ({ form }) => form.window),
    rollbackMinutes: int(({ form }) => form.rollbackMinutes),
  }),
});

function ofChange(
  fields: Readonly<Record<string, Field<ChangeRequest>>>,
): Readonly<Record<string, Field<ChangeRequest | null>>> {
  const optional = Object.entries(fields).map(
    ([name, { type, read }]) =>
      [
        name,
        { type, read: (asked: ChangeRequest | null) => (asked === null ? undefined : read(asked)) },
      ] as const,
  );
  return Object.fromEntries(optional);
}

const picture = view<Subject>('Picture', {
  release: one(release, ({ facts }) => facts.release),
  source: one(environment, ({ facts }) => facts.before.at(-1) ?? null),
  target: one(environment, ({ facts }) => facts.target),
  evidence: one(evidence, ({ facts }) => facts.evidence),
  gates: byName(
    50,
    'string',
    ({ gates }) => gates,
    ({ answer }) => answer.gate,
    ({ answer }) => answer.state,
  ),
  approvals: list(100, approval, ({ approvals }) => approvals),
  change: one(change, ({ facts }) => facts.change),
  requester: text(({ facts }) => actorName(facts.requester)),
  now: moment(({ now }) => now),
});

/** What the rules of one admission look at; one serves them all. */
export type Picture = InstanceType<(typeof picture)['ctor']>;

export const pictureOf = (subject: Subject): Picture => new picture.ctor(subject);

const views = [
  tests,
  coverage,
  scan,
  review,
  evidence,
  note,
  release,
  environment,
  approval,
  changeWindow,
  change,
];

const typesIn = ({ fields }: View<never>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));

/** How the language calls each class and its fields. */
export const types: readonly {
  readonly name: string;
  readonly ctor: new (of: never) => object;
  readonly fields: Readonly<Record<string, string>>;
}[] = views.map((each) => ({ name: each.name, ctor: each.ctor, fields: typesIn(each) }));

/** The names at the top of every rule. */
export const roots: Readonly<Record<string, string>> = typesIn(picture);

/** The most entries that a list or a map of this name has; a rule that asks for one with more gets no answer. */
export const mostEntries: ReadonlyMap<string, number> = new Map(
  [...views, picture].flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { most }]) => (most === undefined ? [] : [[name, most] as const])),
  ),
);
