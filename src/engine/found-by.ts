import { countOfChange } from '../domain/change-request.ts';
import type { Filter, Page, PageAsked, RecordKind, Records } from './store.ts';

/** What a record can be found by, taken out of it when it is put. null where the kind has no such thing. */
export interface FoundBy {
  /** Where it stands in a list: by bytes, newest last. The id, where ids rise with time. */
  readonly place: string;
  readonly environment: string | null;
  readonly phase: string | null;
  readonly name: string | null;
  readonly tree: string | null;
}

const nothing: Omit<FoundBy, 'place'> = { environment: null, phase: null, name: null, tree: null };

const finders: { readonly [K in RecordKind]: (value: Records[K]) => Partial<FoundBy> } = {
  project: ({ name }) => ({ name }),
  environment: ({ id, name }) => ({ environment: id, name }),
  rules: () => ({}),
  release: ({ id, version, manifest, createdAt }) => ({
    place: `${String(createdAt).padStart(16, '0')} ${id}`,
    name: version,
    tree: manifest.tree,
  }),
  promotion: ({ environment, release, state }) => ({ environment, name: release, phase: state.phase }),
  rollout: ({ environment, state }) => ({ environment, phase: state.phase }),
  agent: () => ({}),
  observation: ({ id }) => ({ environment: id }),
  branch: ({ id, tree }) => ({ name: id, tree }),
  // Those that are wanted longest come first: one page holds those whose turn it is.
  build: ({ id, tree, wantedAt, state }) => ({
    place: `${String(Number.MAX_SAFE_INTEGER - wantedAt).padStart(16, '0')} ${id}`,
    tree,
    phase: state.phase,
  }),
  token: ({ name }) => ({ name }),
  evidence: ({ tree, environment, kind }) => ({ tree, environment, name: kind }),
  // Those that end last come first, so that one page holds all that are not over.
  exception: ({ id, to, environment, revoked }) => ({
    place: `${String(to).padStart(16, '0')} ${id}`,
    environment,
    phase: revoked === null ? 'standing' : 'revoked',
  }),
  question: ({ id, askedAt, tree, environment, gate, state }) => ({
    place: `${String(askedAt).padStart(16, '0')} ${id}`,
    tree,
    environment,
    name: gate,
    phase: state.phase,
  }),
  alarm: ({ id }) => ({ environment: id }),
  traffic: ({ id, environment }) => ({ place: id, environment }),
  proposal: ({ environment, to, state }) => ({ environment, name: to, phase: state.phase }),
  delegation: ({ id, until, revoked }) => ({
    place: `${String(until).padStart(16, '0')} ${id}`,
    phase: revoked === null ? 'standing' : 'revoked',
  }),
  waiver: ({ tree, environment, gate }) => ({ tree, environment, name: gate }),
  change: ({ id, tree, environment, state }) => ({
    place: String(countOfChange(id)).padStart(16, '0'),
    tree,
    environment,
    phase: state.phase,
  }),
};

export const foundBy = <K extends RecordKind>(kind: K, value: Records[K]): FoundBy => ({
  ...nothing,
  place: value.id,
  ...finders[kind](value),
});

/** A record with what it can be found by. */
export interface Findable {
  readonly id: string;
  readonly found: FoundBy;
}

/** One page of what a filter finds, as `Reader.list` promises it: newest first, 50 unless told, 200 at most. Pure. */
export function pageOfFound<T extends Findable>(all: Iterable<T>, filter: Filter, page: PageAsked): Page<T> {
  const limit = Math.min(200, page.limit ?? 50);
  const matching = [...all]
    .filter((one) => (page.after === undefined || one.found.place < page.after) && matches(one, filter))
    .toSorted((left, right) => (left.found.place < right.found.place ? 1 : -1));
  const items = matching.slice(0, limit);
  return { items, next: matching.length > limit ? (items.at(-1)?.found.place ?? null) : null };
}

const matches = ({ id, found }: Findable, filter: Filter): boolean =>
  (filter.ids === undefined || filter.ids.includes(id)) &&
  (filter.environment === undefined || isOneOf(found.environment, filter.environment)) &&
  (filter.phase === undefined || (found.phase !== null && filter.phase.includes(found.phase))) &&
  (filter.name === undefined || isOneOf(found.name, filter.name)) &&
  (filter.tree === undefined || found.tree === filter.tree);

const isOneOf = (found: string | null, wanted: string | readonly string[]): boolean =>
  typeof wanted === 'string' ? found === wanted : found !== null && wanted.includes(found);
