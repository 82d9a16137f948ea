import { describe, expect, it } from 'vitest';
import { ada, aProjectWith, environmentNamed, eve, program } from '../../kept.kit.ts';
import { createAlarms } from './post.ts';

async function watched() {
  const on = await aProjectWith([environmentNamed('prod')]);
  return { ...on, face: createAlarms(on.parts) };
}
const disk = { name: 'disk full', state: 'firing' } as const;

describe('an alarm that somebody hands over', () => {
  it.each([
    ['a person with a role', ada],
    ['a program', program('monitoring')],
  ])('is taken from %s, in their name, and seen by everybody after', async (_, caller) => {
    const { project, face, told } = await watched();
    expect((await face.alarms(project, 'prod')).items).toEqual([]);
    const view = await face.postAlarm(project, 'prod', disk, caller);
    expect(view.items).toMatchObject([{ name: 'disk full', state: 'firing' }]);
    expect(await face.alarms(project, 'prod')).toEqual(view);
    expect(await told()).toMatchObject([{ kind: 'alarm.fired', actor: caller.actor }]);
  });

  it.each([
    ['nothing beside its name', {}, /prod$/u],
    ['what its summary says', { summary: '97 % are used' }, /prod.*97 % are used$/u],
  ])('is told with %s', async (_, other, words) => {
    const { project, face, told } = await watched();
    await face.postAlarm(project, 'prod', { ...disk, ...other }, ada);
    expect((await told())[0]?.message).toMatch(words);
  });

  it('is not taken from a person without a role', async () => {
    const { project, face, told } = await watched();
    await expect(face.postAlarm(project, 'prod', disk, eve)).rejects.toMatchObject({ code: 'role-unknown' });
    expect(await told()).toEqual([]);
  });
});
