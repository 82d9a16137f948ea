import { nearestName } from '../project-file/nearest.ts';
import { shown } from '../project-file/finding.ts';
import { type Parsed, type Piece, refused, type TextFinding } from './text-finding.ts';

/** Names that V8 still answers with, though the time zone database has given the zone another one (its `backward` file). */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const example = 'a place, for example `Europe/London`, or `UTC`';

/**
 * The one name by which a zone is known here: `UTC`, or a place in the spelling of the time zone database. Abbreviations and
 * fixed offsets are refused, since they do not say when the clock is put forward.
 */
export function parseZone(piece: Piece): Parsed<string> {
  const { text, offset } = piece;
  if (/^(?:etc\/)?utc$/i.test(text)) return { ok: true, value: 'UTC' };
  if (/^[+-]?\d/.test(text) || /^(?:(?:utc|gmt)(?:[+-]?\d.*)?|etc\/.*)$/i.test(text)) {
    const message = `"${shown(text)}" is an offset: it does not follow a place's summer time.`;
    return refused({ message, instead: example, offset });
  }
  const known = text.includes('/') ? resolved(text) : null;
  return known === null ? refused(unknownZone(piece)) : { ok: true, value: known };
}

function resolved(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions();
    return renamed[timeZone] ?? timeZone;
  } catch {
    return null;
  }
}

function unknownZone({ text, offset }: Piece): TextFinding {
  const near = cityNamed(text) ?? nearestName(text, allZones());
  if (near !== null) {
    return { message: `There is no time zone "${shown(text)}".`, instead: `\`${near}\``, offset };
  }
  if (/^[a-z]{2,5}$/i.test(text)) {
    const message = `"${text}" is an abbreviation, which means several places, or half of the year.`;
    return { message, instead: example, offset };
  }
  return { message: `There is no time zone "${shown(text)}".`, instead: example, offset };
}

/** Every zone, by the name by which it is known here. */
export const allZones = (): readonly string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').map((name) => renamed[name] ?? name),
];

/** `London` and `new york`, as people say them. */
function cityNamed(text: string): string | null {
  const city = text.trim().replaceAll(' ', '_').toLowerCase();
  return allZones().find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? null;
}
