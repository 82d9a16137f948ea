import { isFailure } from '../../domain/failure.ts';
import { databaseAway } from '../failures.ts';
import { refusalOf } from './refusal.ts';

/** Two transactions could not both be: run it again. */
const serializationCodes = new Set(['40001', '40P01']);

/** PostgreSQL's words for shutting down, starting up, full, and a connection that broke; then the system's. */
const awayCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '25P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What the client says when it has no code for it. */
const awayMessage =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|connection ended|client was closed/i;

export const isSerializationFailure = (thrown: unknown): boolean => serializationCodes.has(codeOf(thrown));

/** PostgreSQL's word for a write in a transaction that was opened to read. */
export const isReadOnlyViolation = (thrown: unknown): boolean => codeOf(thrown) === '25006';

/** Turns "could not reach it" and "it says no" into a Failure with a name; everything else stays what it was. */
export function asFailure(thrown: unknown): unknown {
  if (isFailure(thrown)) return thrown;
  const code = codeOf(thrown);
  const message = thrown instanceof Error ? thrown.message : '';
  const isAway = awayCodes.has(code) || code.startsWith('08') || awayMessage.test(message);
  return isAway ? databaseAway(thrown) : (refusalOf(code, message, thrown) ?? thrown);
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
