import { pino } from 'pino';
import type { Log } from '../domain/log.ts';
import { LogLines } from '../disk/log-lines.ts';
import { systemClock } from '../engine/clock.ts';

/** JSON lines on stdout, which the supervisor puts into the program's log file. */
export const programLog = (name: string): Log =>
  pino({ name, base: { pid: process.pid } }, new LogLines(1, systemClock));

/** JSON lines into a file for its owner alone: for a program whose terminal belongs to a person. */
export const fileLog = (path: string): Log =>
  pino({ name: 'supervisor', base: { pid: process.pid } }, new LogLines(path, systemClock));
