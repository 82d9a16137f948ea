import { clockText, dayText, type Zone } from '../../time/format.ts';
import { useZone } from '../../time/moment.tsx';
import type { Mark, Range } from './calendar-marks.ts';

/** What a mark means, for a screen reader. */
export const useMarkText = (mark: Mark): string => {
  const { when, what } = wordsOf(mark, useZone());
  return `${when}: ${what}`;
};

/** What the mark that one looks at means. */
export function MarkWords({ mark }: { readonly mark: Mark }) {
  const { when, what } = wordsOf(mark, useZone());
  return (
    <>
      <b className="num">{when}</b> {what}
    </>
  );
}

function wordsOf(mark: Mark, zone: Zone): { readonly when: string; readonly what: string } {
  if (mark.kind === 'soak') {
    const { release, soaksIn, endsAt } = mark.soak;
    return { when: momentText(endsAt, zone), what: `${release} has soaked in ${soaksIn}.` };
  }
  if (mark.kind === 'approval') {
    const { release, by, endsAt } = mark.approval;
    return { when: momentText(endsAt, zone), what: `The approval of ${release} by ${by} expires.` };
  }
  if (mark.kind === 'change') {
    const { id, release, state } = mark.change;
    return { when: spanText(mark.change, zone), what: `${id} for ${release} is ${stateWords[state]}.` };
  }
  return { when: spanText(mark.band, zone), what: mark.band.because };
}

const stateWords = {
  open: 'not approved yet',
  approved: 'approved',
  implementing: 'being carried out',
} as const;

function spanText({ from, to }: Range, zone: Zone): string {
  const sameDay = dayText(from, zone) === dayText(to, zone);
  const end = sameDay ? minuteText(to, zone) : momentText(to, zone);
  return `${momentText(from, zone)} – ${end}`;
}

const minuteText = (at: number, zone: Zone): string => clockText(at, zone).slice(0, 5);
export const momentText = (at: number, zone: Zone): string => `${dayText(at, zone)} ${minuteText(at, zone)}`;
