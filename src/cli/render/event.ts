import { actorName } from '../../domain/actor.ts';
import type { Failure } from '../../domain/failure.ts';
import type { EventView } from '../rung-client.ts';
import type { Look } from './look.ts';
import { printableLine } from './printable.ts';
import { calendarDay, clockTime, duration } from './time.ts';
import { padRight } from './width.ts';

/** One event in one line; never cut, because a log is read and searched. */
export function eventLine(event: EventView, look: Look): string {
  const where = padRight(event.environment ?? '', 8);
  return `${look.style.faint(clockTime(event.at, look))}  ${where}  ${paint(event, look)} ${look.style.faint(`(${actorName(event.actor)}${event.payload === null ? '; details expired' : ''})`)}`;
}

function paint(event: EventView, look: Look): string {
  if (bad.has(event.kind)) return look.style.bad(event.message);
  return good.has(event.kind) ? look.style.good(event.message) : event.message;
}

const bad = new Set([
  'promotion.refused',
  'promotion.emergency-asked',
  'promotion.emergency-confirmed',
  'promotion.emergency-expired',
  'promotion.rejected',
  'promotion.rolled-back',
  'promotion.failed',
  'rollout.held',
  'rollout.taken-back',
  'release.marked',
  'agent.silent',
  'build.failed',
]);
const good = new Set([
  'promotion.succeeded',
  'promotion.approved',
  'environment.validated',
  'release.created',
]);

/** Oldest first, with a heading for each new day. */
export function eventLines(events: readonly EventView[], look: Look): readonly string[] {
  let day = '';
  return events.flatMap((event) => {
    const its = calendarDay(event.at, look);
    const heading = its === day ? [] : [look.style.faint(its)];
    day = its;
    return [...heading, eventLine(event, look)];
  });
}

/** Said beside the log while the control plane cannot be heard. */
export const lostLine = (lost: { readonly failure: Failure; readonly againInMs: number }): string =>
  `! ${printableLine(lost.failure.message)} Trying again in ${duration(lost.againInMs)}.`;
