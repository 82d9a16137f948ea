import type { AlarmsView, AlarmView, TrafficView } from '../../api/views.ts';
import { ratioText, wholeText } from '../../components/figures.ts';
import { countText, listText } from '../../components/names.ts';
import type { Tone } from '../../components/state-mark.tsx';
import { spanText } from '../../time/format.ts';

const states: Record<AlarmView['state'], { readonly tone: Tone; readonly text: string }> = {
  firing: { tone: 'bad', text: 'Fires' },
  pending: { tone: 'warn', text: 'May fire soon' },
  silenced: { tone: 'off', text: 'Silenced' },
  inhibited: { tone: 'off', text: 'Inhibited' },
  resolved: { tone: 'ok', text: 'Over' },
};

/** How an alarm stands, as a sign and a word. */
export const alarmWords = ({ state }: Pick<AlarmView, 'state'>) => states[state];

/** `2 alarms fire`; of an environment that nobody watches, that nobody does. */
export function alarmsHeadline({ watched, firing }: Pick<AlarmsView, 'watched' | 'firing'>): string {
  if (firing > 0) return countText(firing, 'alarm fires', 'alarms fire');
  return watched ? 'No alarm fires' : 'Nobody watches it';
}

const mostNamed = 3;

/** `orders-errors and disk-full fire`; null where none does. */
export function firingText({ items, firing }: Pick<AlarmsView, 'items' | 'firing'>): string | null {
  if (firing === 0) return null;
  const names = [...new Set(items.filter(({ state }) => state === 'firing').map(({ name }) => name))];
  const named = names.slice(0, mostNamed);
  const more = firing - named.length;
  return `${listText(more > 0 && names.length > mostNamed ? [...named, `${more} more`] : named)} ${firing === 1 ? 'fires' : 'fire'}`;
}

/** `128 400 requests, 0.7 % of them failed; observed for 23 h 24 min` */
export function trafficText({ requests, errorRatio, observedMs }: TrafficView): string {
  const observed = `observed for ${spanText(observedMs)}`;
  if (errorRatio === null) return `no request came; ${observed}`;
  return `${wholeText(requests)} ${requests === 1 ? 'request' : 'requests'}, ${ratioText(errorRatio)} failed; ${observed}`;
}
