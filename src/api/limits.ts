import { agentLimits } from '../protocol/agent-limits.ts';
import { type SessionLimits, sessionLimits } from './sessions/sessions.ts';

/** A bucket of tokens: so many at once, then so many each second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** What one caller, or all of them, can take of the API at most. */
export interface ApiLimits {
  readonly bodyBytes: number;
  readonly artifactBytes: number;
  readonly evidenceBytes: number;
  /** How deep objects and lists may lie in each other in a body. */
  readonly jsonDepth: number;
  /** Of path and query. */
  readonly addressCharacters: number;
  /** Of the request line and all headers. */
  readonly headerBytes: number;
  readonly headers: number;
  readonly connections: number;
  /** How long the headers of a request may take. */
  readonly headersMs: number;
  /** How long a body may take that is read as a whole. */
  readonly bodyMs: number;
  /** How long a body may take that is streamed in: an artifact, a file of evidence. */
  readonly streamedBodyMs: number;
  /** Requests that are worked on at the same time; open streams are not. */
  readonly underWay: number;
  /** Of one person, or one token. */
  readonly rate: Rate;
  /** Of one address, for calls that do not prove who makes them, or not so that it is known. */
  readonly unprovedRate: Rate;
  /** Event streams open at the same time. */
  readonly streams: number;
  /** Of them, those of one person or token. */
  readonly streamsOfOne: number;
  readonly heartbeatMs: number;
  /** A stream whose reader takes nothing for so long is cut; it resumes where it was. */
  readonly stalledMs: number;
  /** How long requests under way may take to end when the API closes. */
  readonly closingMs: number;
  readonly session: SessionLimits;
}

const kib = 1024;
const mib = 1024 * kib;

export const defaultLimits: ApiLimits = {
  bodyBytes: 256 * kib,
  artifactBytes: 512 * mib,
  evidenceBytes: 256 * mib,
  jsonDepth: 32,
  addressCharacters: 4096,
  headerBytes: 16 * kib,
  headers: 100,
  connections: 5000,
  headersMs: 10_000,
  bodyMs: 30_000,
  streamedBodyMs: 300_000,
  underWay: 1000,
  rate: { burst: 2000, perSecond: 500 },
  unprovedRate: { burst: 200, perSecond: 20 },
  streams: 2000,
  streamsOfOne: 200,
  heartbeatMs: 15_000,
  stalledMs: 60_000,
  closingMs: 2000,
  session: sessionLimits,
};

/** Of routes whose bodies of JSON are larger or smaller than the rest. */
export const routeBodyBytes = { release: 8 * mib, projectFile: 2 * mib, callback: 16 * kib } as const;

/** The longest pages that are given; what asks for more is refused. */
export const pageLimits = { items: 200, samples: 2000 } as const;
/** Tries to sign in, from one address. */
export const signInRate: Rate = { burst: 10, perSecond: 1 / 6 };

/** One line of the page of limits. */
export interface LimitRow {
  readonly what: string;
  readonly most: string;
  /** What who goes beyond it is told. */
  readonly told: string;
}

const bytesText = (bytes: number): string => (bytes >= mib ? `${bytes / mib} MiB` : `${bytes / kib} KiB`);
const secondsText = (ms: number): string => `${ms / 1000} s`;
const rateText = ({ burst, perSecond }: Rate): string =>
  perSecond >= 1
    ? `${burst} at once, then ${perSecond} a second`
    : `${burst} at once, then one each ${Math.round(1 / perSecond)} s`;

const bodyRows = (): readonly LimitRow[] =>
  (
    [
      ['A release', routeBodyBytes.release],
      ['A project file', routeBodyBytes.projectFile],
      ['The answer to a question of a webhook gate', routeBodyBytes.callback],
    ] as const
  ).map(([what, bytes]) => ({ what, most: bytesText(bytes), told: '413 `body-too-large`' }));

/** Every limit as a person reads it. */
export function limitRows(limits: ApiLimits): readonly LimitRow[] {
  return [
    { what: 'A body of JSON', most: bytesText(limits.bodyBytes), told: '413 `body-too-large`' },
    ...bodyRows(),
    { what: 'An artifact', most: bytesText(limits.artifactBytes), told: '413 `artifact-too-large`' },
    { what: 'A file of evidence', most: bytesText(limits.evidenceBytes), told: '413 `evidence-too-large`' },
    { what: 'Depth of JSON', most: String(limits.jsonDepth), told: '400 `body-too-deep`' },
    {
      what: 'An address, path and query',
      most: `${limits.addressCharacters} characters`,
      told: '414 `address-too-long`',
    },
    {
      what: 'The request line and all headers',
      most: bytesText(limits.headerBytes),
      told: '431 `headers-too-large`',
    },
    { what: 'Headers of a request', most: String(limits.headers), told: '431 `headers-too-large`' },
    { what: 'Items of a page', most: String(pageLimits.items), told: '422 `request-invalid`' },
    {
      what: 'Samples of a page of a recording',
      most: String(pageLimits.samples),
      told: '422 `request-invalid`',
    },
    {
      what: 'Time for the headers',
      most: secondsText(limits.headersMs),
      told: '408 `request-too-slow`, and cut off',
    },
    {
      what: 'Time for a body of JSON',
      most: secondsText(limits.bodyMs),
      told: '408 `request-too-slow`, and cut off',
    },
    {
      what: 'Time for an artifact or a file of evidence',
      most: secondsText(limits.streamedBodyMs),
      told: '408 `request-too-slow`, and cut off',
    },
    { what: 'Connections', most: String(limits.connections), told: 'cut off' },
    { what: 'Requests under way', most: String(limits.underWay), told: '503 `busy`, with Retry-After' },
    {
      what: 'Requests of one person or token',
      most: rateText(limits.rate),
      told: '429 `calls-too-many`, with Retry-After',
    },
    {
      what: 'Requests from one address that show no proof, or one that is refused',
      most: rateText(limits.unprovedRate),
      told: '429 `calls-too-many`, with Retry-After',
    },
    {
      what: 'Tries to sign in from one address',
      most: rateText(signInRate),
      told: '429 `sign-in-tries`, with Retry-After',
    },
    {
      what: 'Event streams',
      most: String(limits.streams),
      told: '429 `streams-too-many`, with Retry-After',
    },
    {
      what: 'Event streams of one person or token',
      most: String(limits.streamsOfOne),
      told: '429 `streams-too-many`, with Retry-After',
    },
    {
      what: 'How long a reader of a stream may take nothing',
      most: secondsText(limits.stalledMs),
      told: 'cut off; it goes on where it was',
    },
    {
      what: 'A message of an agent',
      most: bytesText(agentLimits.bodyBytes),
      told: '422 `message-invalid`',
    },
    {
      what: 'Connections to the socket of one agent',
      most: String(agentLimits.connections),
      told: 'cut off',
    },
    {
      what: 'Calls of one agent, under way or held open',
      most: String(agentLimits.underWay),
      told: '429 `too-many-calls`, with Retry-After',
    },
    {
      what: 'Calls of one agent',
      most: rateText(agentLimits.rate),
      told: '429 `too-many-calls`, with Retry-After',
    },
    {
      what: 'Calls to the socket of one agent that show no proof, or one that is refused',
      most: rateText(agentLimits.unprovedRate),
      told: '429 `too-many-calls`, with Retry-After',
    },
  ];
}
