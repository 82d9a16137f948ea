import { type KeyboardEvent, useRef, useState } from 'react';
import type { CalendarView } from '../../api/views.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { Until, useZone } from '../../time/moment.tsx';
import { daysIn, type Mark, markAfter, markAt, marksOf, percentAt, type Range } from './calendar-marks.ts';
import { MarkWords, useMarkText } from './mark-words.tsx';

type EnvironmentCalendar = CalendarView['environments'][number];

interface RowProps {
  readonly environment: EnvironmentCalendar;
  readonly range: Range;
  readonly now: number;
}

/** An environment's line. One stop for the keyboard; the arrow keys walk along what stands on it. */
export function CalendarRow({ environment, range, now }: RowProps) {
  const marks = marksOf(environment, range);
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = chosen === null ? undefined : marks[chosen];
  return (
    <div className="calendar-row">
      <header>
        <h2>
          <EnvironmentLink name={environment.environment} />
        </h2>
        <Condition environment={environment} />
      </header>
      <Line
        name={environment.environment}
        marks={marks}
        range={range}
        now={now}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p className="calendar-words">
        {shown === undefined ? (
          <span className="soft">{environment.because}</span>
        ) : (
          <MarkWords mark={shown} />
        )}
      </p>
    </div>
  );
}

const Condition = ({ environment: { open, changesAt } }: { readonly environment: EnvironmentCalendar }) => (
  <span className="calendar-condition">
    <StateMark tone={open ? 'ok' : 'off'}>{open ? 'Open' : 'Closed'}</StateMark>
    {changesAt !== null && (
      <span className="soft">
        {open ? 'closes in ' : 'opens in '}
        <Until at={changesAt} />
      </span>
    )}
    {changesAt === null && !open && <span className="soft">does not open within 400 days</span>}
  </span>
);

interface LineProps {
  readonly name: string;
  readonly marks: readonly Mark[];
  readonly range: Range;
  readonly now: number;
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
}

function Line({ name, marks, range, now, chosen, onChoose }: LineProps) {
  const line = useRef<HTMLDivElement>(null);
  const zone = useZone();
  const entry = Math.min(chosen ?? markAt(marks, now), marks.length - 1);
  const walk = (event: KeyboardEvent): void => {
    const next = markAfter(event.key, entry, marks.length);
    if (next === null) return;
    event.preventDefault();
    line.current?.querySelectorAll<HTMLElement>('.calendar-mark')[next]?.focus();
  };
  return (
    <div
      ref={line}
      className="calendar-line"
      role="toolbar"
      aria-label={`Calendar of ${name}`}
      onKeyDown={walk}
    >
      {daysIn(range, zone).map((day) => (
        <i key={day} className="calendar-day" style={{ left: `${percentAt(day, range)}%` }} />
      ))}
      {marks.map((mark, index) => (
        <MarkButton
          key={`${mark.kind} ${mark.at} ${index}`}
          mark={mark}
          range={range}
          isEntry={index === entry}
          onChoose={(isChosen) => onChoose(isChosen ? index : null)}
        />
      ))}
      {now >= range.from && now < range.to && (
        <i className="calendar-now" style={{ left: `${percentAt(now, range)}%` }} />
      )}
    </div>
  );
}

interface MarkProps {
  readonly mark: Mark;
  readonly range: Range;
  readonly isEntry: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function MarkButton({ mark, range, isEntry, onChoose }: MarkProps) {
  const left = percentAt(mark.at, range);
  const width = 'to' in mark ? { width: `${percentAt(mark.to, range) - left}%` } : {};
  const look = mark.kind === 'band' ? mark.band.kind.replace(' ', '-') : mark.kind;
  return (
    <button
      type="button"
      className={`calendar-mark ${look}`}
      style={{ left: `${left}%`, ...width }}
      tabIndex={isEntry ? 0 : -1}
      aria-label={useMarkText(mark)}
      onFocus={() => onChoose(true)}
      onBlur={() => onChoose(false)}
      onMouseEnter={() => onChoose(true)}
      onMouseLeave={() => onChoose(false)}
    />
  );
}
