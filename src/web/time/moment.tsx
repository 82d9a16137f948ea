import { type ReactNode, useSyncExternalStore } from 'react';
import { preferences } from '../shell/preferences.ts';
import {
  clockText,
  dayText,
  exactText,
  relativeText,
  roughSpanText,
  spanText,
  stampText,
  type Zone,
} from './format.ts';
import { useNow } from './now.ts';

export const useZone = (): Zone => useSyncExternalStore(preferences.watch, preferences.zone);

interface MomentProps {
  readonly at: number;
}

function Exact({ at, children }: MomentProps & { readonly children: ReactNode }) {
  return (
    <time className="num" dateTime={new Date(at).toISOString()} title={exactText(at, useZone())}>
      {children}
    </time>
  );
}

/** `4 min ago` or `in 20 h 51 min`; the exact time on hover. */
export const Relative = ({ at }: MomentProps) => <Exact at={at}>{relativeText(at, useNow())}</Exact>;

/** How long something has been so: `3 h`; to the second in the first hour where it is `fine`. */
export function Since({ at, fine = false }: MomentProps & { readonly fine?: boolean }) {
  const age = useNow() - at;
  return <Exact at={at}>{fine ? spanText(age) : roughSpanText(age)}</Exact>;
}

/** What is left until a moment: `20 h 51 min`; `now` when it has come. */
export function Until({ at }: MomentProps) {
  const left = at - useNow();
  return <Exact at={at}>{left > 0 ? spanText(left) : 'now'}</Exact>;
}

/** `14:05:11` */
export const ClockTime = ({ at }: MomentProps) => <Exact at={at}>{clockText(at, useZone())}</Exact>;

/** `Sat 21 Nov, 14:05`: for what may lie weeks ahead. */
export function DayAndTime({ at }: MomentProps) {
  const zone = useZone();
  return (
    <Exact at={at}>
      {dayText(at, zone)}, {clockText(at, zone).slice(0, 'hh:mm'.length)}
    </Exact>
  );
}

/** `14:05:11` today, `Fri 14:05` on another day. */
export const Stamp = ({ at }: MomentProps) => <Exact at={at}>{stampText(at, useNow(), useZone())}</Exact>;
