import {
  currentDeployment,
  type Deployment,
  deploymentOf,
  type Environment,
  type KeptDeployment,
  previousRelease,
} from '../../domain/environment.ts';
import { type AlarmsView, alarmsView } from '../../domain/alarms/shown.ts';
import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { Instant, ServiceName } from '../../domain/ids.ts';
import { dayOf } from '../../domain/observed-traffic/span.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { AgentRecord, ObservationRecord } from '../../engine/records.ts';
import type { Observation } from '../../protocol/messages.ts';
import { isSilent, laterOf } from '../agent-seen.ts';
import { healthOf, instancesOf, servicesSeen } from '../health.ts';
import type { EnvironmentView, ServiceView } from '../views.ts';
import type { RulesProposalView } from '../rules-views.ts';

export interface EnvironmentFacts {
  readonly environment: Environment;
  readonly observation: ObservationRecord | null;
  readonly agent: AgentRecord | null;
  /** By this control plane; null: never. */
  readonly heardAt: Instant | null;
  readonly live: Rollout | null;
  readonly alarms: AlarmRecord | null;
  readonly now: Instant;
  /** Services of the project file, so that an empty environment shows what is to come. */
  readonly services: readonly ServiceName[];
  readonly waiting: RulesProposalView | null;
}

export function environmentView(facts: EnvironmentFacts): EnvironmentView {
  const { environment, agent } = facts;
  const { spec } = environment;
  const seen = facts.observation?.observation ?? null;
  const told = laterOf(facts.observation?.at ?? null, agent?.lastHeardAt ?? null);
  const heard = laterOf(told, facts.heardAt);
  return {
    id: environment.id,
    name: environment.name,
    tier: spec.tier,
    purpose: spec.purpose,
    owner: spec.owner ?? null,
    lifecycle: spec.lifecycle,
    deploy: spec.deploy,
    source: spec.source ?? null,
    mirrors: spec.mirrors ?? null,
    release: releaseSummary(environment),
    previous: previousIn(environment),
    services: servicesOf(facts, seen),
    health: healthIn(environment, seen),
    agent: { lastHeardAt: heard, silent: heard === null || agent === null || isSilent(agent) },
    isolation: seen?.isolation ?? null,
    troubles: seen?.troubles ?? [],
    validation: environment.validation,
    rollout: facts.live?.id ?? null,
    alarms: shortAlarms(alarmsView(environment, facts.alarms, facts.now)),
    traffic: trafficView(facts.observation, facts.now),
    deployments: environment.deployments.map(deploymentView),
    rules: {
      file: environment.rules.file,
      branch: environment.rules.branch,
      acceptedAt: environment.rules.acceptedAt,
      waiting: facts.waiting,
    },
  };
}

const shownAlarms = 20;

/** The board has room for those that matter now; the rest has a page of its own. */
const shortAlarms = (all: AlarmsView): AlarmsView => ({
  ...all,
  items: all.items.filter(({ state }) => state !== 'resolved').slice(0, shownAlarms),
});

function trafficView(observation: ObservationRecord | null, now: Instant): EnvironmentView['traffic'] {
  if (observation?.traffic === undefined) return null;
  const { requests, errors, observedMs } = dayOf(observation.traffic, now);
  return { requests, errors, observedMs, errorRatio: requests === 0 ? null : errors / requests };
}

const deploymentView = ({
  promotion,
  release,
  version,
  services,
  since,
  until,
  smoke,
}: KeptDeployment): Deployment => ({ promotion, release, version, services, since, until, smoke });

function releaseSummary(environment: Environment): EnvironmentView['release'] {
  const current = currentDeployment(environment);
  return current === null ? null : { id: current.release, version: current.version, since: current.since };
}

function previousIn(environment: Environment): EnvironmentView['previous'] {
  const id = previousRelease(environment);
  const ran = id === null ? null : deploymentOf(environment, id);
  return ran === null ? null : { id: ran.release, version: ran.version };
}

function servicesOf(
  { environment, live, services }: EnvironmentFacts,
  seen: Observation | null,
): readonly ServiceView[] {
  const names = new Set<ServiceName>([...services, ...(Object.keys(environment.stable) as ServiceName[])]);
  return [...names].map((service) => {
    const stable = environment.stable[service] ?? null;
    const move = live?.policy == null ? undefined : live.services.find((one) => one.service === service);
    const observed = seen?.services.find((one) => one.service === service);
    return {
      service,
      stable,
      candidate: move?.to ?? null,
      instances: instancesOf(seen, service, stable),
      url: observed?.port == null ? null : `http://127.0.0.1:${observed.port}`,
    };
  });
}

function healthIn(environment: Environment, seen: Observation | null): EnvironmentView['health'] {
  if (seen !== null) return healthOf(servicesSeen(environment, seen)) ?? 'empty';
  return Object.keys(environment.stable).length === 0 ? 'empty' : 'unknown';
}
