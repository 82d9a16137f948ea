import { type Finding, pointerTo } from '../project-file/finding.ts';
import type { EnvironmentSpec, FreezeSpec, ProjectFile } from '../project-file/types.ts';
import type { EnvironmentName, Instant } from '../ids.ts';
import { isProtectedTier } from '../tier.ts';
import { freezeOf } from './declared.ts';
import type { Freeze } from './freeze.ts';
import { parseWindow } from './parse-window.ts';
import { unopenedWindows } from './unopened.ts';

/**
 * What a person should know of a calendar that is right as it is written: windows that will not open, freezes that are over
 * or overlap. It depends on the time at which one looks, so it never makes a file wrong.
 */
export function calendarHints(file: ProjectFile, now: Instant): readonly Finding[] {
  const environments = Object.entries(file.environments) as [EnvironmentName, EnvironmentSpec][];
  return [
    ...freezeHints('/freezes', file.freezes ?? [], now),
    ...environments.flatMap(([name, { freezes = [] }]) =>
      freezeHints(pointerTo('environments', name, 'freezes'), freezes, now),
    ),
    ...environments.flatMap(([name, spec]) => windowHints(file, name, spec, now)),
  ];
}

const at = (pointer: string, message: string, instead: string): Finding => ({
  pointer,
  on: 'value',
  message,
  instead,
});

function windowHints(
  file: ProjectFile,
  name: EnvironmentName,
  { tier, windows = [], freezes = [] }: EnvironmentSpec,
  now: Instant,
): readonly Finding[] {
  const shared = isProtectedTier(tier) ? (file.freezes ?? []) : [];
  const frozen = [...freezes, ...shared].flatMap((spec): readonly Freeze[] => {
    const parsed = freezeOf(spec, name);
    return parsed.ok ? [parsed.value] : [];
  });
  return windows.flatMap((text, index) => {
    const parsed = parseWindow(text);
    const pointer = `${pointerTo('environments', name, 'windows')}/${index}`;
    const unopened = parsed.ok ? unopenedWindows({ windows: [parsed.value], freezes: frozen }, now) : [];
    return unopened.map(({ message, instead }) => at(pointer, message, instead));
  });
}

function freezeHints(pointer: string, specs: readonly FreezeSpec[], now: Instant): readonly Finding[] {
  const times = specs.map((spec) => {
    const parsed = freezeOf(spec, null);
    return parsed.ok && parsed.value.time.kind === 'once' ? parsed.value.time : null;
  });
  return times.flatMap((time, index): readonly Finding[] => {
    const here = `${pointer}/${index}`;
    if (time === null) return [];
    if (time.to <= now) return [at(here, 'This freeze is over.', 'nothing: it can go')];
    const other = times
      .slice(0, index)
      .findIndex((one) => one !== null && one.from < time.to && time.from < one.to);
    if (other < 0) return [];
    const message = `This freeze overlaps with freeze ${other + 1} of this list.`;
    return [at(here, message, 'one freeze, if they are one')];
  });
}
