import { describe, expect, it } from 'vitest';
import { established, type Ladder } from '../../../test/journeys/ladder.kit.ts';
import { aReleaseOf } from '../../domain/environment.kit.ts';
import type { KeptDeployment } from '../../domain/environment.ts';
import { instant, type PromotionId, type ReleaseId } from '../../domain/ids.ts';
import { createControlPlane } from '../control-plane.ts';
import { ada, aProjectWith, environmentNamed } from '../kept.kit.ts';

const [cy, stranger] = ['cy@example.org', 'eve@example.org'];

const running: KeptDeployment = {
  promotion: 'promotion' as PromotionId,
  release: 'release' as ReleaseId,
  version: '1.0.0',
  services: [],
  since: instant(1),
  until: null,
  smoke: 'none',
  isPartial: false,
};
const validate = (plane: Ladder, ask: { release?: string; note?: string } = {}, person = cy) =>
  plane.control.validate(plane.project, 'prod', ask, plane.as(person));
const told = async ({ control, project }: Ladder) => {
  const { items } = await control.log(project, { limit: 50, all: true });
  return items.filter(({ kind, message }) => kind === 'environment.validated' && message.includes('prod'));
};

describe('an operator’s word that what runs is good (OPS-4)', () => {
  it('is of what runs, be it named or not, with a note where there is one', async () => {
    const plane = await established();
    const { validation } = await validate(plane);
    expect(validation).toMatchObject({ by: { kind: 'person', id: cy }, note: '' });
    expect((await validate(plane, { release: '1.0.0', note: 'looks fine' })).validation).toMatchObject({
      release: validation?.release,
      note: 'looks fine',
    });
    const [second, first] = await told(plane);
    expect(first?.payload).toEqual({ release: validation?.release, note: '', next: [] });
    expect(second?.message).toMatch(/1\.0\.0.*looks fine/u);
    expect(first?.message).toMatch(/prod$/u);
  });

  it('is told of the environment, and wakes whatever waits for it', async () => {
    const release = aReleaseOf('1.0.0', { web: 'web 1' });
    const prod = environmentNamed('prod', { deployments: [{ ...running, release: release.id }] });
    const { parts, project, put, takeWoken, told: log } = await aProjectWith([prod]);
    await put('release', release.id, release);
    takeWoken();
    await createControlPlane(parts).validate(project, 'prod', {}, ada);
    expect(takeWoken()).toEqual(['environment/prod']);
    expect(await log()).toMatchObject([{ kind: 'environment.validated', subject: 'environment/prod' }]);
  });

  it('is never of another release, nor of anything that nobody may say', async () => {
    const plane = await established();
    await plane.release('feat: more');
    await expect(validate(plane, { release: '1.1.0' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'validation-of-nothing',
    });
    await expect(validate(plane, {}, stranger)).rejects.toMatchObject({ code: 'role-unknown' });
    expect(await told(plane)).toEqual([]);
  });
});
