import { type Static, Type } from 'typebox';
import type { Deployment, Validation } from '../../domain/environment.ts';
import type { EnvironmentId, PromotionId, RolloutId } from '../../domain/ids.ts';
import { tiers } from '../../domain/project-file/types.ts';
import type { Variant } from '../../domain/rollout/types.ts';
import type { EnvironmentView, ServiceView } from '../../lifecycle/views.ts';
import type { Trouble } from '../../protocol/messages.ts';
import { actor } from './actor.ts';
import { alarms, traffic } from './alarms.ts';
import { rulesProposal } from './rules.ts';
import type { Same } from './same.ts';
import {
  count,
  digest,
  durationMs,
  environmentName,
  instantMs,
  listOf,
  nullable,
  oneOf,
  ref,
  releaseId,
  serviceName,
  text,
  uuid,
} from './shapes.ts';

export const variant = Type.Object(
  { release: releaseId, version: text, artifact: digest },
  { $id: 'Variant', description: 'One version of one service' },
);
true satisfies Same<Static<typeof variant>, Variant>;

export const service = Type.Object(
  {
    service: serviceName,
    stable: nullable(ref(variant)),
    candidate: nullable(ref(variant)),
    instances: nullable(Type.Object({ wanted: count, healthy: count })),
    url: nullable(text),
  },
  { $id: 'Service' },
);
true satisfies Same<Static<typeof service>, ServiceView>;

export const trouble = Type.Object(
  { code: text, service: nullable(serviceName), message: text, wayOut: text },
  { $id: 'Trouble', description: 'What is in the way in an environment, and what to do about it' },
);
true satisfies Same<Static<typeof trouble>, Trouble>;

export const validation = Type.Object(
  { release: releaseId, by: ref(actor), at: instantMs, note: text },
  { $id: 'Validation' },
);
true satisfies Same<Static<typeof validation>, Validation>;

export const deployment = Type.Object(
  {
    promotion: uuid<PromotionId>('Promotion'),
    release: releaseId,
    version: text,
    services: listOf(serviceName),
    since: instantMs,
    until: nullable(instantMs),
    smoke: oneOf(['passed', 'none']),
  },
  { $id: 'Deployment' },
);
true satisfies Same<Static<typeof deployment>, Deployment>;

const lifecycle = Type.Union([
  Type.Object({ kind: Type.Literal('permanent') }),
  Type.Object({ kind: Type.Literal('reusable'), resetMs: durationMs }),
  Type.Object({ kind: Type.Literal('ephemeral'), ttlMs: durationMs }),
]);

export const environment = Type.Object(
  {
    id: uuid<EnvironmentId>('Environment'),
    name: environmentName,
    tier: oneOf(tiers),
    purpose: text,
    owner: nullable(text),
    lifecycle,
    deploy: oneOf(['on-merge', 'automatic', 'manual']),
    source: nullable(text),
    mirrors: nullable(environmentName),
    release: nullable(Type.Object({ id: releaseId, version: text, since: instantMs })),
    previous: nullable(Type.Object({ id: releaseId, version: text })),
    services: listOf(ref(service)),
    health: oneOf(['healthy', 'degraded', 'down', 'empty', 'unknown']),
    agent: Type.Object({ lastHeardAt: nullable(instantMs), silent: Type.Boolean() }),
    isolation: nullable(Type.Object({ level: oneOf(['namespaces', 'none']), detail: text })),
    troubles: listOf(ref(trouble)),
    validation: nullable(ref(validation)),
    rollout: nullable(uuid<RolloutId>('Rollout')),
    alarms: ref(alarms),
    traffic: nullable(ref(traffic)),
    deployments: listOf(ref(deployment)),
    rules: Type.Object({
      file: digest,
      branch: text,
      acceptedAt: instantMs,
      waiting: nullable(ref(rulesProposal)),
    }),
  },
  { $id: 'Environment', description: 'What runs in an environment and how it is' },
);
true satisfies Same<Static<typeof environment>, EnvironmentView>;
