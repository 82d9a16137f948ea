import { expect, it } from 'vitest';
import type { Digest, ReleaseId, ServiceName } from './ids.ts';
import type { Variant } from './rollout/types.ts';
import { withStable } from './settle.ts';

const [api, mail, web] = ['api', 'mail', 'web'] as ServiceName[] as [ServiceName, ServiceName, ServiceName];
const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: version as Digest,
});

it('has what serves in the order of its names, whatever came last, and without what was taken out', () => {
  const before = { [mail]: variant('1'), [web]: variant('1') };
  const after = withStable(before, [
    [web, variant('2')],
    [api, variant('1')],
    [mail, null],
  ]);
  expect(Object.entries(after)).toEqual([
    [api, variant('1')],
    [web, variant('2')],
  ]);
});
