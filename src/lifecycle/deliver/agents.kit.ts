import { digestOf } from '../../domain/canonical.ts';
import type { Environment } from '../../domain/environment.ts';
import {
  type AgentId,
  type EnvironmentId,
  instant,
  type ReleaseId,
  type RolloutId,
} from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import type { Rollout, Variant } from '../../domain/rollout/types.ts';
import type { AgentKey, AgentRecord } from '../../engine/records.ts';
import { type ObservationRequest, protocolVersion } from '../../protocol/messages.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createAgentFace } from './agent-side.ts';
import { inCanary, observed, start, web } from './rollout.kit.ts';

export const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});
export const prod: Environment = { ...environmentNamed('prod'), stable: { [web]: variant('0.9.0') } };
export const test: Environment = { ...environmentNamed('test'), agent: 'other agent' as AgentId };
export const { project, agent } = prod;
export const identity = { project, agent, environments: [prod.id] };
export const live: Rollout = { ...inCanary, environment: prod.id };
export const pair = generateSigningKey();
export const key: AgentKey = { signing: pair.publicKey, sealing: '', addedAt: instant(0), revokedAt: null };
export const record: AgentRecord = {
  id: agent,
  project,
  environments: [prod.id],
  keys: [key],
  lastHeardAt: null,
  boot: 'boot',
};
export const nothing: ObservationRequest = {
  protocol: protocolVersion,
  boot: 'boot',
  sequence: 1,
  samples: [],
  observations: [],
  countersignature: null,
};
export const ofProd = observed(null, { environment: prod.id });
export const ofTest = observed(null, { environment: test.id });
export const reading = (environment: EnvironmentId) => ({
  environment,
  epoch: 'first',
  at: start,
  coveredMs: 0,
  services: {},
});

/** prod, where a canary runs, and test, whose agent is another. */
export async function agents() {
  const kept = await aProjectWith([prod, test]);
  await kept.put('agent', agent, record);
  await kept.put('rollout', live.id, live);
  const face = createAgentFace(kept.parts, project);
  const changed: RolloutId[] = [];
  kept.parts.figures.onChanged((_, rollout) => void changed.push(rollout));
  return {
    ...kept,
    face,
    changed,
    says: (other: Partial<ObservationRequest>) => face.observe(identity, { ...nothing, ...other }),
  };
}
