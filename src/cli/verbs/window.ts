import type { CalendarView, EnvironmentCalendarView } from '../../domain/calendar/calendar-view.ts';
import { Failure } from '../../domain/failure.ts';
import { instant } from '../../domain/ids.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import type { Look } from '../render/look.ts';
import { momentOf } from '../moment.ts';
import { calendarDay, clockTime, fromNow } from '../render/time.ts';

export async function list(cli: Cli, flags: ConnectionFlags, environment?: string): Promise<void> {
  const client = await connected(cli, flags);
  const calendar = await client.calendar();
  const shown = calendar.environments.filter(
    (one) => environment === undefined || one.environment === environment,
  );
  if (environment !== undefined && shown.length === 0)
    throw new Failure('absent', 'environment-unknown', `There is no environment ${environment}.`, {
      wayOut: `The environments are: ${calendar.environments.map((one) => one.environment).join(', ')}.`,
    });
  cli.answer(flags, { ...calendar, environments: shown }, (view, look) =>
    view.environments.flatMap((one, index) => [
      ...(index === 0 ? [] : ['']),
      ...environmentLines(one, view, look),
    ]),
  );
}

const openingsShown = 3;

function environmentLines(
  one: EnvironmentCalendarView,
  { now }: CalendarView,
  look: Look,
): readonly string[] {
  const mark = one.open ? look.style.good('open') : look.style.warning('closed');
  const change =
    one.changesAt === null
      ? ''
      : `, ${one.open ? 'closes' : 'opens'} ${fromNow(instant(one.changesAt), look)}`;
  const openings = one.bands
    .filter((band) => band.from > now && isOpening(band.kind))
    .slice(0, openingsShown);
  return [
    `${look.style.strong(one.environment)}  ${mark}${change}`,
    `  ${one.because}`,
    ...one.windows.map((text) => `  window     ${text}`),
    ...one.freezes.map(({ when, reason }) => `  freeze     ${when}: ${reason}`),
    ...one.exceptions.map(
      ({ id, from, to, by, reason }) =>
        `  exception  ${dayAndTime(from, look)} to ${dayAndTime(to, look)} by ${by}: ${reason} (${id})`,
    ),
    ...openings.map(({ from, to }) => `  next       ${dayAndTime(from, look)} to ${dayAndTime(to, look)}`),
    ...one.changes.map(
      ({ id, release, from, to, state }) =>
        `  change     ${id} for ${release}, ${state}: ${dayAndTime(from, look)} to ${dayAndTime(to, look)}`,
    ),
    ...one.soaks.map(
      ({ release, soaksIn, endsAt }) =>
        `  soak       ${release} has soaked in ${soaksIn} ${fromNow(instant(endsAt), look)}`,
    ),
    ...one.approvals.map(
      ({ release, by, endsAt }) =>
        `  approval   of ${release} by ${by} expires ${fromNow(instant(endsAt), look)}`,
    ),
  ];
}

const isOpening = (kind: string): boolean => kind === 'window' || kind === 'exception';

const dayAndTime = (at: number, look: Look): string =>
  `${calendarDay(instant(at), look)} ${clockTime(instant(at), look).slice(0, 5)}`;

export interface ExceptFlags extends ConnectionFlags {
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
}

export async function except(cli: Cli, flags: ExceptFlags, environment: string): Promise<void> {
  const now = cli.clock.now();
  const from = flags.from === undefined ? undefined : momentOf('--from', flags.from, now);
  const to = momentOf('--to', flags.to, now);
  const client = await connected(cli, flags);
  const made = await client.makeException(environment, { from, to, reason: flags.reason });
  cli.answer(flags, made, (one, look) => [
    `${look.style.warning('!')} ${environment} is open from ${dayAndTime(one.from, look)} to ${dayAndTime(one.to, look)}, whatever its windows and freezes say.`,
    `  Take it back: rung window revoke ${one.id} --reason …`,
  ]);
}

export async function revoke(
  cli: Cli,
  flags: ConnectionFlags & { readonly reason: string },
  id: string,
): Promise<void> {
  const client = await connected(cli, flags);
  const revoked = await client.revokeException(id, flags.reason);
  cli.answer(flags, revoked, (one, look) => [
    `${look.style.good('✓')} The exception of ${one.by} no longer opens anything. What started under it goes on.`,
  ]);
}
