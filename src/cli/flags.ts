import type { TypedFlagParameter } from '@stricli/core';
import type { CliContext } from './context.ts';

const text = (input: string): string => input;

type OptionalText = TypedFlagParameter<string | undefined, CliContext>;

/** A flag with a word as its value, that may be left out. */
export const optionalText = (brief: string, placeholder: string): OptionalText =>
  ({ kind: 'parsed', parse: text, brief, placeholder, optional: true }) as const;

const hiddenText = (brief: string, placeholder: string): OptionalText =>
  ({ kind: 'parsed', parse: text, brief, placeholder, optional: true, hidden: true }) as const;

/** A flag with a word as its value, that has to be there. */
export const requiredText = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: text, brief, placeholder }) as const;

export const onOff = (brief: string) =>
  ({ kind: 'boolean', brief, optional: true, withNegated: false }) as const;

export const jsonFlag = { json: onOff('Print one JSON document') } as const;

export const dataFlag = {
  data: optionalText('Data folder (or RUNG_DATA); else the nearest .rung upwards', 'FOLDER'),
} as const;

/** What every command takes that speaks to a control plane. Those for elsewhere are in --help-all and the reference. */
export const connectionFlags = {
  ...jsonFlag,
  ...dataFlag,
  as: optionalText('Act as this member (on a laptop only)', 'MEMBER'),
  url: hiddenText('Address of the control plane (or RUNG_URL)', 'ADDRESS'),
  tokenFile: hiddenText('File with a token (or the token itself in RUNG_TOKEN)', 'FILE'),
  project: hiddenText('Name or id of the project (or RUNG_PROJECT)', 'PROJECT'),
} as const;

export const yesFlag = { yes: onOff('Do not ask before doing it') } as const;
export const reasonFlag = { reason: requiredText('Why; it goes into the log', 'TEXT') } as const;
export const dryRunFlag = { dryRun: onOff('Show what would happen, and do nothing') } as const;
export const watchFlag = { watch: onOff('Stay and show the rollout until it is over') } as const;

/** Throws a RangeError with what a number has to be. */
export function wholeNumber(least: number, most: number): (input: string) => number {
  return (input) => {
    const number = Number(input);
    if (!/^\d+$/u.test(input) || number < least || number > most)
      throw new RangeError(`it has to be a whole number from ${String(least)} to ${String(most)}`);
    return number;
  };
}

/** How many of the latest a list shows, 200 at the most. */
export const latestFlag = <const Count extends string>(unlessTold: Count) =>
  ({
    kind: 'parsed',
    parse: wholeNumber(1, 200),
    brief: 'How many of the latest to show',
    placeholder: 'COUNT',
    default: unlessTold,
  }) as const;

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90d`, `12h`, `30m`, `45s` in milliseconds. */
export function durationMs(input: string): number {
  const [, number, unit] = /^(\d{1,6})([smhd])$/u.exec(input) ?? [];
  const ms = Number(number) * (unitMs[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new RangeError('write a number with its unit, for example 90d, 12h, 30m or 45s');
  return ms;
}
