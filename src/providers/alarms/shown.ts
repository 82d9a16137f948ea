import { canonicalJson, digestOf } from '../../domain/canonical.ts';
import { type Instant, instant } from '../../domain/ids.ts';

/** Readers for what a server sent: what is not there, or is something else, reads as empty. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text] as const] : [],
    ),
  );

/** One line, for terminals and pages: what others wrote has no say in how it is shown. */
export const line = (value: unknown, mostLength = 300): string =>
  (typeof value === 'string' ? value : '')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, mostLength);

/** What an alert says of itself. */
export function saysOf(annotations: unknown): string {
  const { summary, description, message } = recordOf(annotations);
  return line(summary ?? description ?? message);
}

/** Only where a browser may go. */
export const linkOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 2000 && /^https?:\/\//u.test(value) && URL.canParse(value)
    ? value
    : null;

export function momentOf(value: unknown): Instant {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return instant(Number.isFinite(ms) ? ms : 0);
}

const mostLabels = 20;

/** What is kept of an alert's labels, to be shown: a few, each in a line, without the name that stands there anyhow. */
export const keptLabels = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => name !== 'alertname')
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .slice(0, mostLabels)
      .map(([name, value]) => [line(name, 100), line(value, 200)]),
  );

/** Alerts are the same when all their labels are. */
export const keyOf = (labels: Readonly<Record<string, string>>): string => digestOf(canonicalJson(labels));
