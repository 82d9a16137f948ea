import type { Environment } from '../../domain/environment.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Instant } from '../../domain/ids.ts';
import { countText } from '../../domain/wording.ts';
import type { AgentRecord, ObservationRecord } from '../../engine/records.ts';
import type { Transaction } from '../../engine/store.ts';
import type { AgentIdentity, Observation } from '../../protocol/messages.ts';
import { agentConnected } from '../agent-connected.ts';
import { isSilent } from '../agent-seen.ts';
import { type Health, healthOf, type ServiceHealth, servicesSeen } from '../health.ts';

/** Keeps what was seen of an environment. That its health is another one is worth a line in the log; every look is not. */
export async function takeObservation(
  tx: Transaction,
  { project, agent }: AgentIdentity,
  observation: Observation,
  now: Instant,
): Promise<void> {
  const id = observation.environment;
  const stored = await tx.get(project, 'observation', id);
  const environment = (await tx.get(project, 'environment', id))?.value;
  const before = stored?.value.health;
  const services = environment === undefined ? null : servicesNow(environment, observation);
  const health = services === null ? before : (healthOf(services) ?? before);
  const told: ObservationRecord = { id, project, agent, at: now, observation };
  const traffic = stored?.value.traffic;
  const record: ObservationRecord = {
    ...told,
    ...(health !== undefined && { health }),
    ...(traffic !== undefined && { traffic }),
  };
  await tx.put(project, 'observation', id, record, stored?.version ?? 0);
  if (environment !== undefined && services !== null && health !== undefined && health !== before)
    await tx.append([observedEvent(environment, { before, health, services }, now)]);
}

/** An agent that has not seen the newest word yet speaks of what served before. */
const servicesNow = (environment: Environment, observation: Observation): readonly ServiceHealth[] | null =>
  observation.revision === environment.revision ? servicesSeen(environment, observation) : null;

interface Change {
  readonly before: Health | undefined;
  readonly health: Health;
  readonly services: readonly ServiceHealth[];
}

const observedEvent = (
  { project, id, name, agent }: Environment,
  { before, health, services }: Change,
  now: Instant,
): NewEvent => ({
  project,
  kind: 'environment.observed',
  at: now,
  actor: { kind: 'agent', agent, environment: id },
  environment: id,
  subject: `environment/${id}`,
  message:
    health === 'healthy'
      ? `${name} is healthy${before === undefined ? '' : ' again'}`
      : `${name} is ${health}: ${services.filter(isShort).map(shortText).join('; ')}`,
  payload: { health, before: before ?? null, services },
});

const isShort = (one: ServiceHealth): boolean => one.healthy === 0 || one.healthy < one.wanted;

const shortText = ({ service, version, wanted, healthy }: ServiceHealth): string =>
  `${service} ${version}, ${healthy} of ${countText(wanted, 'instance')} healthy`;

/** A new boot of an agent, or one that was silent and is heard again, is worth a line in the log; every call is not. */
export async function noteHeard(
  tx: Transaction,
  { project, agent }: AgentIdentity,
  boot: string,
  now: Instant,
): Promise<void> {
  const stored = await tx.get(project, 'agent', agent);
  if (stored === undefined || (stored.value.boot === boot && !isSilent(stored.value))) return;
  const next: AgentRecord = { ...stored.value, boot, lastHeardAt: now, silentSince: null };
  await tx.put(project, 'agent', agent, next, stored.version);
  await tx.append([await agentConnected(tx, stored.value, boot, now)]);
  // What the one before said may still be on its way.
  if (stored.value.boot !== boot)
    await tx.forgetOtherBoots(project, agent, [boot, stored.value.boot ?? boot]);
}
