import { describe, expect, it } from 'vitest';
import { current, environmentOf, next, running } from '../facts.kit.ts';
import { wayBack } from './way-back.ts';

const target = running('prod', [current, 60]);

describe('the way back, tried', () => {
  it('is what serves now, service by service', () => {
    expect(wayBack({ target, serving: [current] })).toEqual({
      kind: 'there',
      says: 'Back to 1.0.0: orders, web. The artifacts are still there.',
    });
  });

  it('finds each service in the release that it serves, whichever else are kept', () => {
    const both = running('prod', [current, 60]);
    expect(wayBack({ target: both, serving: [next, current] })).toMatchObject({ kind: 'there' });
    const less = { ...current, manifest: { ...current.manifest, services: {} } };
    expect(wayBack({ target: both, serving: [less] })).toMatchObject({ kind: 'none' });
  });

  it('is none where what serves is not kept, or no longer with the artifact that serves', () => {
    expect(wayBack({ target, serving: [] })).toMatchObject({ kind: 'none' });
    const other = { ...current, manifest: next.manifest };
    expect(wayBack({ target, serving: [other] })).toEqual({
      kind: 'none',
      says: 'There is no way back to web 1.0.0, which is not kept any more.',
    });
  });

  it('is not asked for where nothing runs', () => {
    expect(wayBack({ target: environmentOf('prod'), serving: [] })).toEqual({ kind: 'nothing runs' });
  });
});
