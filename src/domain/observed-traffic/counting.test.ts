import { describe, expect, it } from 'vitest';
import type { ServiceName } from '../ids.ts';
import { addedCounts, growth } from './counting.ts';
import type { CountedEpochs, CountsByService } from './types.ts';

const [web, orders] = ['web', 'orders'] as ServiceName[] as [ServiceName, ServiceName];
const counts = (requests: number, errors = 0) => ({ requests, errors });
const reading = (services: CountsByService, epoch = 'a') => ({ epoch, services });

describe('what was counted since the last reading (REL-4)', () => {
  it('is that of the services that had requests, each for itself', () => {
    const first = growth([], reading({ [web]: counts(10, 1), [orders]: counts(0) }));
    expect(first.grown).toEqual({ [web]: counts(10, 1) });
    const next = growth(first.counted, reading({ [web]: counts(10, 1), [orders]: counts(3, 3) }));
    expect(next.grown).toEqual({ [orders]: counts(3, 3) });
  });

  it('is nothing for a reading that is told twice, and leaves what is kept as it is', () => {
    const { counted } = growth([], reading({ [web]: counts(10, 1) }));
    expect(growth(counted, reading({ [web]: counts(10, 1) }))).toEqual({ grown: {}, counted });
    expect(growth(counted, reading({ [web]: counts(4) }))).toEqual({ grown: {}, counted });
  });

  it('goes on for a service that one reading did not name', () => {
    const { counted } = growth([], reading({ [web]: counts(10, 1), [orders]: counts(2) }));
    const without = growth(counted, reading({ [web]: counts(11, 1) }));
    expect(without.grown).toEqual({ [web]: counts(1) });
    expect(growth(without.counted, reading({ [orders]: counts(5, 1) })).grown).toEqual({
      [orders]: counts(3, 1),
    });
  });

  it('begins anew with each epoch, and the latest five are kept, once each', () => {
    let counted: CountedEpochs = [];
    for (const epoch of ['a', 'b', 'c', 'd', 'e', 'b', 'f'])
      ({ counted } = growth(counted, reading({ [web]: counts(1) }, epoch)));
    expect(counted.map(({ epoch }) => epoch)).toEqual(['f', 'b', 'e', 'd', 'c']);
    expect(growth(counted, reading({ [web]: counts(3) }, 'c')).grown).toEqual({ [web]: counts(2) });
    expect(growth(counted, reading({ [web]: counts(3) }, 'a')).grown).toEqual({ [web]: counts(3) });
  });
});

describe('counts put together', () => {
  it('are sums of requests and of errors, service by service', () => {
    const left = { [web]: counts(5, 2) };
    expect(addedCounts(left, { [web]: counts(7, 3), [orders]: counts(1, 1) })).toEqual({
      [web]: counts(12, 5),
      [orders]: counts(1, 1),
    });
    expect(left).toEqual({ [web]: counts(5, 2) });
  });
});
