import type { ChainedEvent, EventKind } from '../../domain/event.ts';
import type { ActorId } from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import type { Records, RecordKind, Store, Transaction, WakeUp } from '../../engine/store.ts';
import { createVirtualClock } from '../../engine/virtual-clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { createControlPlane } from '../control-plane.ts';
import type { Caller } from '../face.ts';
import { createKnownAgents } from '../known-agents.ts';
import { createFigures, type Parts } from '../parts.ts';
import { openMemoryStore } from '../../store/memory/store.ts';
import type { AdmissionFacts } from './facts.ts';
import type { ApprovalPolicy, PipelineStep } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { aCleanAsk, approvalPolicy, current, now } from './facts.kit.ts';

const { project } = aCleanAsk().target;

/** A record that is there before anything happens. */
export type There = {
  [K in RecordKind]: Records[K] extends { readonly id: string } ? readonly [K, Records[K]] : never;
}[RecordKind];

export interface Step {
  readonly policy?: Partial<ApprovalPolicy>;
  readonly step?: Partial<PipelineStep>;
  readonly promotion?: Partial<Promotion>;
}

/** The clean ask, approved by nobody, with these changes to the last step and to what waits for it. */
export function asking({ policy, step, promotion }: Step = {}): AdmissionFacts {
  const clean = aCleanAsk();
  if (clean.promotion === null || clean.rung === null) throw new Error('it waits for prod');
  const approvals = { ...approvalPolicy, ...policy };
  const changed = { ...clean.rung.step, approvals, ...step };
  const main = [...clean.rung.before, changed];
  return {
    ...clean,
    file: { ...clean.file, pipelines: { main } },
    rung: { ...clean.rung, step: changed },
    promotion: { ...clean.promotion, approvals: [], ...promotion },
  };
}

/** What the facts are read from: the rules, the rungs up to the target, both releases, and the promotion where there is one. */
export const recordsOf = ({ file, before, target, release, promotion }: AdmissionFacts): readonly There[] => [
  ['rules', { id: target.rules.file, project, file, text: '' }],
  ...[...before, target].map((one) => ['environment', one] as const),
  ['release', current],
  ...(release.id === current.id ? [] : [['release', release] as const]),
  ...(promotion === null ? [] : [['promotion', promotion] as const]),
];

/** The same with a control plane over it, whose clock stands still at the kit's now and of which nothing goes on by itself. */
export async function commanding(...there: readonly There[]) {
  const kept = await keeping(...there);
  const clock = createVirtualClock(now);
  const key = generateSigningKey();
  let ids = 0;
  const parts: Parts = {
    store: kept.store,
    clock,
    newId: () => `fresh ${(ids += 1)}`,
    // No command about promotions looks at artifacts.
    objects: {} as ObjectStore,
    readers: { known: new Map(), guess: () => null },
    figures: createFigures(),
    agents: createKnownAgents(clock, kept.store),
    publicKey: key.publicKey,
  };
  return { ...kept, clock, key, project, control: createControlPlane(parts) };
}

export const asPerson = (person: ActorId): Caller => ({
  actor: { kind: 'person', id: person },
  scopes: 'all',
  person,
});
export const asProgram: Caller = {
  actor: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  scopes: ['promote'],
  person: null,
};

/** A store in memory with the project of the facts' kit, and what came of what was done in it. */
export interface Kept {
  readonly store: Store;
  readonly act: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly get: <K extends RecordKind>(kind: K, id: string) => Promise<Records[K]>;
  /** Keys, in the order in which they were woken. */
  readonly woken: () => readonly string[];
  readonly wakeUps: () => readonly WakeUp[];
  /** Oldest first. */
  readonly told: (kind?: EventKind) => Promise<readonly ChainedEvent[]>;
}

export async function keeping(...there: readonly There[]): Promise<Kept> {
  const wakeUps: WakeUp[] = [];
  const store = openMemoryStore({}, (added) => void wakeUps.push(...added));
  await store.transaction(async (tx) => {
    for (const [kind, value] of there) await tx.put(project, kind, value.id, value, 0);
  });
  return {
    store,
    act: (work) => store.transaction(work),
    get: async (kind, id) => {
      const stored = await store.read((tx) => tx.get(project, kind, id));
      if (stored === undefined) throw new Error(`there is no ${kind} ${id}`);
      return stored.value;
    },
    woken: () => wakeUps.map(({ key }) => key),
    wakeUps: () => wakeUps,
    told: async (kind) => {
      await store.chain(project);
      const all = await store.events(project, 0, 100);
      return all.filter((event) => kind === undefined || event.kind === kind);
    },
  };
}
