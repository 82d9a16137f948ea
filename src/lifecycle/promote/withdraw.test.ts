import { describe, expect, it } from 'vitest';
import { type ActorId } from '../../domain/ids.ts';
import { aCleanAsk, cy, environmentOf, now } from './facts.kit.ts';
import { asking, type Kept, keeping, recordsOf, type Step, type There } from './kept.kit.ts';
import { withdraw, withdrawRestored } from './people.ts';

const clean = aCleanAsk();
const { project } = clean.target;
const id = clean.promotion?.id ?? '';

const waiting = (how: Step = {}, ...more: readonly There[]): Promise<Kept> =>
  keeping(...recordsOf(asking(how)), ...more);

const person = (who: ActorId) => ({ kind: 'person', id: who }) as const;

describe('what is withdrawn', () => {
  const withdrawn = { phase: 'withdrawn', by: person(cy), at: now } as const;

  it('ends, and is told', async () => {
    const kept = await waiting();
    await kept.act((tx) => withdraw(tx, project, id, person(cy), now));
    expect((await kept.get('promotion', id)).state).toEqual(withdrawn);
    expect(await kept.told()).toMatchObject([
      { kind: 'promotion.withdrawn', actor: person(cy), environment: 'prod', payload: {} },
    ]);
    expect(kept.woken()).toEqual(['environment/prod']);
  });

  it('has to be there and to wait, with its release and its environment', async () => {
    const gone = (kept: Kept, which: string = id) =>
      kept.act((tx) => withdraw(tx, project, which, person(cy), now));
    await expect(gone(await waiting(), 'another')).rejects.toMatchObject({ code: 'promotion-unknown' });
    await expect(gone(await waiting({ promotion: { state: withdrawn } }))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'promotion-not-waiting',
    });
    const homeless = clean.promotion;
    if (homeless === null) throw new Error('it waits');
    await expect(gone(await keeping(['promotion', homeless]))).rejects.toMatchObject({
      kind: 'absent',
      code: 'promotion-homeless',
    });
  });

  it('is withdrawn from a control plane that was restored, where its environment is there still', async () => {
    const kept = await waiting();
    const again = (store: Kept) =>
      store.act(async (tx) => {
        const stored = await tx.get(project, 'promotion', id);
        if (stored !== undefined) await withdrawRestored(tx, stored, person(cy), 'Restored.', now);
      });
    await again(kept);
    expect((await kept.get('promotion', id)).state).toEqual(withdrawn);
    const [told] = await kept.told();
    expect(told).toMatchObject({ kind: 'promotion.withdrawn', actor: person(cy) });
    expect(told?.message).toContain('Restored.');
    if (clean.promotion === null) return;
    const alone = await keeping(
      ['promotion', clean.promotion],
      ['environment', { ...environmentOf('prod'), id: 'another' as never }],
    );
    await again(alone);
    expect((await alone.get('promotion', id)).state.phase).toBe('waiting');
  });
});
