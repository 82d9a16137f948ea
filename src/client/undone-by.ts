import type { components } from './schema.generated.d.ts';

type Asked = Pick<components['schemas']['Promotion'], 'kind' | 'state'>;

/** The live rollout that is taken back where going back means that: the server answers with what brought it. Else null. */
export const undoneBy = ({ kind, state }: Asked): string | null =>
  kind !== 'rollback' && state.phase === 'running' ? state.rollout : null;
