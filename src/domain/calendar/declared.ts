import type { EnvironmentName } from '../ids.ts';
import { amongLatest, inMap } from '../latest.ts';
import type { FreezeSpec, ProjectFile } from '../project-file/types.ts';
import { remembered } from '../remembered.ts';
import { isProtectedTier } from '../tier.ts';
import type { Calendar } from './calendar.ts';
import type { Freeze } from './freeze.ts';
import { type ParsedFreeze, parseFreeze, type WrittenFreeze } from './parse-freeze.ts';
import { parseWindow } from './parse-window.ts';

/** What a project file says about when one environment may be gone into. */
export interface DeclaredCalendar extends Pick<Calendar, 'windows' | 'freezes'> {
  /** Windows and freezes of a file that was accepted without their being understood: they let nothing in. */
  readonly unread: readonly string[];
}

const alwaysOpen: DeclaredCalendar = { windows: [], freezes: [], unread: [] };

type File = Pick<ProjectFile, 'environments' | 'freezes'>;

// What a text means never changes while a process lives: remembering it keeps this pure, and what a freeze spans in a
// year is remembered with the freeze. A file that is read anew says the same in another object.
const known = new Map<string, DeclaredCalendar>();
const mostKnown = 1000;
const calendarsIn = remembered<File, Map<EnvironmentName, DeclaredCalendar>>(() => new Map());

/** Its own windows and freezes, and the project's freezes where its tier is one that those protect. */
export function declaredCalendar(file: File, environment: EnvironmentName): DeclaredCalendar {
  return inMap(calendarsIn(file), environment, () => calendarIn(file, environment));
}

function calendarIn(file: File, environment: EnvironmentName): DeclaredCalendar {
  const spec = file.environments[environment];
  if (spec === undefined) return alwaysOpen;
  const windows = spec.windows ?? [];
  const own = spec.freezes ?? [];
  const shared = isProtectedTier(spec.tier) ? (file.freezes ?? []) : [];
  // Most have none of their own: those that have are not to be pushed out by them.
  if ([windows, own, shared].every(({ length }) => length === 0)) return alwaysOpen;
  const key = JSON.stringify([environment, windows, own, shared]);
  return amongLatest(known, mostKnown, key, () => read(environment, windows, own, shared));
}

function read(
  environment: EnvironmentName,
  texts: readonly string[],
  own: readonly FreezeSpec[],
  shared: readonly FreezeSpec[],
): DeclaredCalendar {
  const windows = texts.map((text) => ({ text, parsed: parseWindow(text) }));
  const freezes = [
    ...own.map((spec) => ({ spec, parsed: freezeOf(spec, environment) })),
    ...shared.map((spec) => ({ spec, parsed: freezeOf(spec, null) })),
  ];
  return {
    windows: windows.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : [])),
    freezes: freezes.flatMap(({ parsed }): readonly Freeze[] => (parsed.ok ? [parsed.value] : [])),
    unread: [
      ...windows.flatMap(({ text, parsed }) => (parsed.ok ? [] : [text])),
      ...freezes.flatMap(({ spec, parsed }) => (parsed.ok ? [] : [spec.reason])),
    ],
  };
}

/** The freeze of a project file, of one environment or of the whole project. */
export const freezeOf = (spec: FreezeSpec, environment: EnvironmentName | null): ParsedFreeze =>
  parseFreeze(writtenOf(spec), environment);

const writtenOf = ({ reason, zone, ...spec }: FreezeSpec): WrittenFreeze =>
  spec.kind === 'once' ? { from: spec.from, to: spec.to, zone, reason } : { yearly: spec.days, zone, reason };
