import { Type } from 'typebox';
import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import { actorId, instantMs, text, uuid } from './shapes.ts';

export const exceptionId = uuid<ExceptionId>('Exception');

/** As it is kept with the promotion that used it. */
export const calendarException = Type.Object({
  id: exceptionId,
  from: instantMs,
  to: instantMs,
  by: actorId,
  reason: text,
});
