import { describe, expect, it } from 'vitest';
import { aCleanAsk, now } from '../facts.kit.ts';
import { keeping } from '../kept.kit.ts';
import { aChange } from './change.kit.ts';
import { keepChange, targetOf } from './stored.ts';

describe('a change request (REL-7)', () => {
  it('leads into an environment, and says so where that is gone', async () => {
    const { target } = aCleanAsk();
    const kept = await keeping(['environment', target]);
    expect(await kept.act((tx) => targetOf(tx, aChange))).toEqual(target);
    const gone = await keeping();
    await expect(gone.act((tx) => targetOf(tx, aChange))).rejects.toMatchObject({
      kind: 'absent',
      code: 'change-request-homeless',
    });
  });

  it('is looked at by what waits for its environment as soon as it is kept', async () => {
    const kept = await keeping();
    await kept.act((tx) => keepChange(tx, aChange, 0, now));
    expect(await kept.get('change', aChange.id)).toEqual(aChange);
    expect(kept.wakeUps()).toEqual([{ key: 'environment/prod', project: aChange.project, at: now }]);
  });
});
