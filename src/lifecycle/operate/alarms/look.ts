import { sourceId, sourceName } from '../../../domain/alarms/source.ts';
import type { SeenAlarm } from '../../../domain/alarms/types.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { Log } from '../../../domain/log.ts';
import type { AlarmSourceSpec } from '../../../domain/project-file/types.ts';
import type { Clock } from '../../../engine/clock.ts';
import type { OpenAlarmSource } from '../../../ports/alarms.ts';

/** How one source answered: with its alarms, or not. */
export type Look = { readonly id: string; readonly name: string } & (
  | { readonly alarms: readonly SeenAlarm[] }
  | { readonly missed: string }
);

const withinMs = 10_000;

export async function lookAt(
  { clock, log, open }: { readonly clock: Clock; readonly log: Log; readonly open: OpenAlarmSource },
  spec: AlarmSourceSpec,
  ending: AbortSignal,
): Promise<Look> {
  const source = { id: sourceId(spec), name: sourceName(spec) };
  const late = new AbortController();
  using _limit = clock.after(withinMs, () => late.abort());
  try {
    const signal = AbortSignal.any([ending, late.signal]);
    return { ...source, alarms: await open(spec).look({ signal, log }) };
  } catch (thrown) {
    return { ...source, missed: missText(thrown) };
  }
}

/** What is wrong, and what to do about it. Never what the server sent. */
const missText = (thrown: unknown): string =>
  isFailure(thrown)
    ? [thrown.message, thrown.wayOut].filter(Boolean).join(' ')
    : 'it could not be looked at.';
