import { clockText, dayText, type Zone } from '../../time/format.ts';
import { useZone } from '../../time/moment.tsx';
import type { Mark } from './calendar-marks.ts';

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
  const { from, to, because } = mark.band;
  const sameDay = dayText(from, zone) === dayText(to, zone);
  const end = sameDay ? minuteText(to, zone) : momentText(to, zone);
  return { when: `${momentText(from, zone)} – ${end}`, what: because };
}

const minuteText = (at: number, zone: Zone): string => clockText(at, zone).slice(0, 5);
export const momentText = (at: number, zone: Zone): string => `${dayText(at, zone)} ${minuteText(at, zone)}`;
