import { alarmStanding, type AlarmStanding } from '../../../domain/alarms/standing.ts';
import type { Alarm } from '../../../domain/alarms/types.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import { type GateRule, needsSource } from './gate-rule.ts';

/**
 * REL-4: nothing fires where the release comes from, nor where it goes. The source has to be watched by somebody: that
 * nobody looks is not that nothing is wrong. What is silenced is shown and does not block: a person has answered for it.
 */
export const alarms: GateRule<'alarms'> = needsSource((_, { observed, target, file }, source, now) => {
  const [there, here] = [source, target].map((place) =>
    alarmStanding(place, observed.alarms.get(place.id) ?? null, now),
  ) as [AlarmStanding, AlarmStanding];
  const both = [there, here];
  const firing = both.filter((one) => one.firing.length > 0).map(firingText);
  const blind = both.flatMap((one) => one.blind);
  const liftedBy = peopleOf(file);
  if (firing.length + blind.length > 0)
    return {
      state: 'failed',
      says: [...firing, ...blind].join(' '),
      wayOut:
        blind.length > 0
          ? 'See that it can be reached from the control plane; it is asked again every 30 s.'
          : 'Mend what is wrong: the gate opens when the alarm is over.',
      liftedBy,
    };
  if (!there.isWatched)
    return {
      state: 'missing',
      says: `Nobody watches ${source.name}: no source of alarms is declared, and none was ever posted.`,
      wayOut: `Declare one under \`alarms\` of ${source.name} in rung.yaml, or let monitoring say how it is: rung alarm resolve NAME --in ${source.name}`,
      liftedBy,
    };
  const places = here.isWatched ? `${source.name} and ${target.name}` : source.name;
  return { state: 'passed', says: `No alarm fires in ${places}.${hushedText(both)}` };
});

export const alarmNames = (some: readonly Alarm[]): string => {
  const names = [...new Set(some.map(({ name }) => name))];
  return listText(names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
};

const firingText = ({ environment, firing }: AlarmStanding): string =>
  `${alarmNames(firing)} ${firing.length === 1 ? 'fires' : 'fire'} in ${environment}.`;

function hushedText(both: readonly AlarmStanding[]): string {
  const hushed = both.flatMap((one) => one.hushed);
  const parts = (['silenced', 'inhibited'] as const).flatMap((state) => {
    const some = hushed.filter((one) => one.state === state);
    return some.length === 0 ? [] : [`${alarmNames(some)} ${some.length === 1 ? 'is' : 'are'} ${state}`];
  });
  return parts.length === 0 ? '' : ` ${listText(parts)}.`;
}
