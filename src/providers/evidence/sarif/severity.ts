import { type Severity, severityOfScore } from '../../../domain/evidence/facts.ts';

export const levels = ['error', 'warning', 'note', 'none'] as const;
export type Level = (typeof levels)[number];

const severityOfLevel: Readonly<Record<Level, Severity>> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
  none: 'note',
};

/**
 * How severe a finding is: by its `security-severity`, a CVSS score, where it or its rule has one (from 9 critical, from 7 high,
 * from 4 medium, above 0 low); else by its level: error is high, warning medium, note low. So only a score makes a finding critical.
 */
export const severityOf = (score: number | null, level: Level): Severity =>
  score === null ? severityOfLevel[level] : severityOfScore(score);

/** A `security-severity`: text or a number from 0 to 10; null for anything else. */
export function scoreOf(written: unknown): number | null {
  const text = typeof written === 'number' ? String(written) : written;
  if (typeof text !== 'string' || !/^\d{1,2}(?:\.\d{1,20})?$/u.test(text.trim())) return null;
  return Number(text) <= 10 ? Number(text) : null;
}

export const isLevel = (written: unknown): written is Level => levels.some((level) => level === written);
