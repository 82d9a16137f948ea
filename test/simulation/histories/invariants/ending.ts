import { isLive } from '../../../../src/domain/rollout/types.ts';
import type { Invariant } from './invariant.ts';

export const ofEnding: readonly Invariant[] = [
  {
    id: 'ends-or-says',
    sentence: 'Every promotion ends, or says what it waits for.',
    begin: () => ({
      end: async (world) => {
        const { ledger } = world;
        const replica = world.anyReplica(world.chance('end'));
        if (replica === null) return 'no replica came up again';
        for (const { id, state, version } of ledger.all('promotion')) {
          if (state.phase === 'running') {
            const rollout = ledger.get('rollout', state.rollout);
            if (rollout === undefined || !isLive(rollout.state)) return `${version} (${id}) runs nothing`;
            if (rollout.state.phase !== 'held')
              return `${version} (${id}) is ${rollout.state.phase} for ever`;
          }
          if (state.phase === 'waiting') {
            const { admission } = await replica.control.promotion(replica.project, id);
            if (admission.blockers.length === 0) return `${version} (${id}) waits for nothing`;
          }
        }
        return null;
      },
    }),
  },
  {
    id: 'no-defect',
    sentence: 'Nothing that anybody does, at whatever moment, brings out a defect.',
    begin: () => ({}),
  },
  {
    id: 'nobody-goes-round',
    sentence: 'No program does the same over and over while nothing comes of it.',
    begin: () => ({}),
  },
];
