import { actorName } from '../../domain/actor.ts';
import type { AlarmsView } from '../rung-client.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { ago } from './time.ts';

type AlarmView = AlarmsView['items'][number];

/** How an environment stands, and every alarm that is known there. */
export const alarmLines =
  (environment: string) =>
  (view: AlarmsView, look: Look): readonly string[] => [
    headline(environment, view, look),
    ...view.blind.map((sentence) => look.style.warning(`! ${sentence}`)),
    ...view.sources
      .filter(({ seenAt }) => seenAt !== null)
      .map(({ name, seenAt }) =>
        look.style.faint(`  ${name}, asked ${seenAt === null ? 'never' : ago(seenAt, look)}`),
      ),
    ...(view.items.length === 0 ? [] : alarmTable(view.items, look)),
  ];

function headline(environment: string, { firing, watched }: AlarmsView, look: Look): string {
  const { style } = look;
  if (firing > 0)
    return style.bad(
      `✗ ${firing === 1 ? 'one alarm fires' : `${String(firing)} alarms fire`} in ${environment}`,
    );
  return watched
    ? style.good(`✓ no alarm fires in ${environment}`)
    : style.warning(`! nobody watches ${environment}: declare \`alarms\` in rung.yaml, or post one`);
}

const alarmTable = (items: readonly AlarmView[], look: Look): readonly string[] =>
  table(
    [{ title: 'ALARM' }, { title: 'STATE' }, { title: 'FIRED' }, { title: 'SAYS' }, { title: 'SOURCE' }],
    items.map((one) => [
      one.state === 'firing' ? look.style.strong(one.name) : one.name,
      one.state === 'firing' ? look.style.bad(one.state) : one.state,
      one.firedAt === null ? '' : ago(one.firedAt, look),
      one.summary,
      look.style.faint(one.by === null ? one.source : `${one.source} by ${actorName(one.by)}`),
    ]),
    look,
  );

/** In a line of the ladder: what fires, and whom nobody could ask. */
export function alarmShort({ firing, items, blind }: AlarmsView, look: Look): readonly string[] {
  const names = [...new Set(items.filter(({ state }) => state === 'firing').map(({ name }) => name))];
  return [
    ...(firing === 0
      ? []
      : [look.style.bad(`! ${names.slice(0, 3).join(', ')} ${firing === 1 ? 'fires' : 'fire'}`)]),
    ...blind.map((sentence) => look.style.warning(`! ${sentence}`)),
  ];
}
