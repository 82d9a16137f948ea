import type { CalendarView } from '../../api/views.ts';
import { dayText, type Zone } from '../../time/format.ts';
import { useZone } from '../../time/moment.tsx';
import { useNow } from '../../time/now.ts';
import { CalendarRow } from './calendar-row.tsx';
import { daysIn, midnight, percentAt, type Range } from './calendar-marks.ts';

interface ChartProps {
  readonly calendar: CalendarView;
  readonly weeks: number;
}

/** Days from left to right, a line for each environment; begins with today. */
export function CalendarChart({ calendar, weeks }: ChartProps) {
  const zone = useZone();
  const now = useNow();
  const from = midnight(now, 0, zone);
  const range = { from, to: Math.min(calendar.to, midnight(from, weeks * 7, zone)) };
  return (
    <section className="panel calendar" aria-label="Windows and freezes">
      <Legend zone={zone} />
      <div className="calendar-scroll">
        <div className={weeks > 2 ? 'calendar-grid long' : 'calendar-grid'}>
          <Days range={range} zone={zone} />
          {calendar.environments.map((one) => (
            <CalendarRow key={one.environment} environment={one} range={range} now={now} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Days({ range, zone }: { readonly range: Range; readonly zone: Zone }) {
  const days = daysIn(range, zone);
  return (
    <div className="calendar-days" aria-hidden="true">
      {days.map((day, index) => {
        const [weekday = '', date = '', month = ''] = dayText(day, zone).split(' ');
        return (
          <span key={day} style={{ left: `${percentAt(day, range)}%`, width: `${100 / days.length}%` }}>
            <b>{weekday}</b> <span className="num">{date}</span>
            {(index === 0 || date === '1') && ` ${month}`}
          </span>
        );
      })}
    </div>
  );
}

const Legend = ({ zone }: { readonly zone: Zone }) => (
  <p className="calendar-legend soft">
    <span>
      <i className="calendar-key window" aria-hidden="true" /> open
    </span>
    <span>
      <i className="calendar-key outside-windows" aria-hidden="true" /> closed
    </span>
    <span>
      <i className="calendar-key freeze" aria-hidden="true" /> frozen
    </span>
    <span>
      <i className="calendar-key exception" aria-hidden="true" /> exception
    </span>
    <span>
      <i className="calendar-key change" aria-hidden="true" /> a change request’s window
    </span>
    <span>
      <i className="calendar-key soak" aria-hidden="true" /> a soak ends
    </span>
    <span>
      <i className="calendar-key approval" aria-hidden="true" /> an approval expires
    </span>
    <span>{zone === 'utc' ? 'Days in UTC' : 'Days in your time zone'}</span>
  </p>
);
