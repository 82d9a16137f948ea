import type { RecordKind, Records } from '../engine/store.ts';

/** What a record can be found by, taken out of it when it is put. null where the kind has no such thing. */
export interface FoundBy {
  readonly environment: string | null;
  readonly phase: string | null;
  readonly name: string | null;
  readonly tree: string | null;
}

const nothing: FoundBy = { environment: null, phase: null, name: null, tree: null };

const finders: { readonly [K in RecordKind]: (value: Records[K]) => Partial<FoundBy> } = {
  project: ({ name }) => ({ name }),
  environment: ({ id, name }) => ({ environment: id, name }),
  rules: () => ({}),
  release: ({ version, manifest }) => ({ name: version, tree: manifest.tree }),
  promotion: ({ environment, state }) => ({ environment, phase: state.phase }),
  rollout: ({ environment, state }) => ({ environment, phase: state.phase }),
  agent: () => ({}),
  observation: ({ id }) => ({ environment: id }),
  branch: ({ id, tree }) => ({ name: id, tree }),
  build: ({ tree, state }) => ({ tree, phase: state.phase }),
  token: ({ name }) => ({ name }),
};

export const recordKinds = Object.keys(finders) as readonly RecordKind[];

export const foundBy = <K extends RecordKind>(kind: K, value: Records[K]): FoundBy => ({
  ...nothing,
  ...finders[kind](value),
});
