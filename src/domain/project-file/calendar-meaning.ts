import { parseFreeze, type WrittenFreeze } from '../calendar/parse-freeze.ts';
import { parseWindow } from '../calendar/parse-window.ts';
import { findingsOf, type TextFinding } from '../calendar/text-finding.ts';
import { type Finding, listOf, pointerTo, recordOf, textOf } from './finding.ts';

/** What is wrong with windows and freezes, each with its place in the text. */
export function calendarFindings(file: Readonly<Record<string, unknown>>): readonly Finding[] {
  const environments = Object.entries(recordOf(file['environments']));
  return [
    ...freezesFindings('/freezes', file['freezes']),
    ...environments.flatMap(([name, spec]) =>
      windowsFindings(pointerTo('environments', name, 'windows'), recordOf(spec)['windows']),
    ),
    ...environments.flatMap(([name, spec]) =>
      freezesFindings(pointerTo('environments', name, 'freezes'), recordOf(spec)['freezes']),
    ),
  ];
}

function windowsFindings(pointer: string, written: unknown): readonly Finding[] {
  return listOf(written).flatMap((text, index): readonly Finding[] => {
    if (typeof text !== 'string') return [];
    return findingsOf(parseWindow(text)).map((finding) => inText(`${pointer}/${index}`, finding));
  });
}

const freezesFindings = (pointer: string, written: unknown): readonly Finding[] =>
  listOf(written).flatMap((freeze, index) => freezeFindings(`${pointer}/${index}`, recordOf(freeze)));

const unless = 'either `from` and `to`, or `yearly`';

function freezeFindings(pointer: string, freeze: Readonly<Record<string, unknown>>): readonly Finding[] {
  const has = ['from', 'to', 'yearly'].filter((key) => key in freeze);
  const say = (message: string): readonly Finding[] => [{ pointer, on: 'value', message, instead: unless }];
  if (has.length === 0) return 'reason' in freeze ? say('This freeze does not say when it is.') : [];
  if (has.includes('yearly') && has.length > 1) return say('This freeze is both once and every year.');
  if (has.length === 1 && !has.includes('yearly')) return say(`This freeze has a \`${has[0]}\` alone.`);
  const texts = Object.fromEntries(
    [...has, 'zone'].map((key) => [key, textOf(freeze[key] ?? (key === 'zone' ? 'UTC' : undefined))]),
  );
  if (Object.values(texts).includes(undefined)) return [];
  const parsed = parseFreeze({ ...texts, reason: '' } as WrittenFreeze);
  if (parsed.ok) return [];
  return parsed.findings.map((finding) => inText(`${pointer}/${finding.word}`, finding));
}

const inText = (pointer: string, { message, instead, offset }: TextFinding): Finding => ({
  pointer,
  on: 'value',
  message,
  instead,
  offset,
});
