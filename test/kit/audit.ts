import {
  type AgentHead,
  type ExportHeader,
  type PinnedKeys,
  exportEventLine,
  exportHeaderLine,
  factsDigestOf,
  genesisLink,
  linkOf,
  payloadDigestOf,
  signHead,
} from '../../src/domain/audit/index.ts';
import type { ChainedEvent, NewEvent } from '../../src/domain/event.ts';
import { type AgentId, type EventId, type ProjectId, instant } from '../../src/domain/ids.ts';
import { type KeyPair, generateSigningKey } from '../../src/domain/keys.ts';

export const aProject = '0197c000-0000-7000-8000-000000000001' as ProjectId;
export const anAgent = '0197c000-0000-7000-8000-0000000000a1' as AgentId;

export const anEvent = (message: string, more: Partial<NewEvent> = {}): NewEvent => ({
  project: aProject,
  kind: 'promotion.requested',
  at: instant(1_760_000_000_000),
  actor: { kind: 'automation', rule: 'test' },
  environment: null,
  subject: 'promotion/1',
  message,
  payload: { figure: message.length, nested: { list: [1, 'two', null] } },
  ...more,
});

/** Chains events as the store does, for tests of what is read afterwards. */
export function chained(events: readonly NewEvent[]): readonly ChainedEvent[] {
  let previous = genesisLink(aProject);
  return events.map((event, index) => {
    const position = index + 1;
    const id = `0197c000-0000-7000-8000-${String(position).padStart(12, '0')}` as EventId;
    const factsDigest = factsDigestOf(event.payload);
    const payloadDigest = payloadDigestOf({ ...event, id }, factsDigest);
    previous = linkOf({ project: event.project, position, previous, payloadDigest });
    return { ...event, id, position, factsDigest, payloadDigest, link: previous };
  });
}

export interface Sealed {
  readonly lines: readonly string[];
  readonly events: readonly ChainedEvent[];
  readonly heads: readonly AgentHead[];
  readonly pinned: PinnedKeys;
  readonly controlPlane: KeyPair;
  readonly agent: KeyPair;
}

/** An export of so many events with a checkpoint at the end, and the agent's head at `headAt`. */
export function sealedExport(
  count: number,
  headAt = count,
  message = 'event',
  more: (position: number) => Partial<NewEvent> = () => ({}),
): Sealed {
  const controlPlane = generateSigningKey();
  const agent = generateSigningKey();
  const events = chained(
    Array.from({ length: count }, (_, index) => anEvent(`${message} ${index + 1}`, more(index + 1))),
  );
  const signed = (key: KeyPair, event: ChainedEvent | undefined): AgentHead[] =>
    event === undefined
      ? []
      : [
          {
            project: aProject,
            agent: anAgent,
            position: event.position,
            link: event.link,
            signature: signHead(key.privateKey, event),
          },
        ];
  const checkpoints = signed(controlPlane, events.at(-1)).map(({ position, link, signature }) => ({
    position,
    link,
    signature,
    at: instant(1_760_000_000_000),
    countersignatures: [],
  }));
  const header: ExportHeader = {
    project: aProject,
    name: 'access',
    publicKey: controlPlane.publicKey,
    checkpoints,
  };
  return {
    lines: [exportHeaderLine(header), ...events.map(exportEventLine)].map((line) => line.slice(0, -1)),
    events,
    heads: signed(agent, events[headAt - 1]),
    pinned: { controlPlane: [controlPlane.publicKey], agents: { [anAgent]: [agent.publicKey] } },
    controlPlane,
    agent,
  };
}
