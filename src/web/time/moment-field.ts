import type { Zone } from './format.ts';

const two = (count: number): string => String(count).padStart(2, '0');

/** A moment as the browser's field for date and time wants it: `2026-11-25T22:00`, in the zone that is shown. */
export function inField(at: number, zone: Zone): string {
  const date = new Date(at);
  if (zone === 'utc') return date.toISOString().slice(0, 16);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that was typed; null where none was. */
export function fromField(text: string, zone: Zone): number | null {
  const at = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(at) ? null : at;
}
