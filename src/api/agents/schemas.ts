import { Type } from 'typebox';
import { highestSample } from '../../domain/rollout/sample.ts';
import { agentLimits } from '../../protocol/agent-limits.ts';

/** What is looked for in the database, which knows no U+0000. */
const id = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' });
const digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' });
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const prose = Type.String({ maxLength: 16_384 });
const percent = Type.Number({ minimum: 0, maximum: 100 });
const orNull = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const shut = { additionalProperties: false };
/** A map may not grow without bounds either. */
const upTo = (maxProperties: number) => ({ maxProperties });

export const pollSchema = Type.Object(
  {
    protocol: count,
    cursor: orNull(Type.String({ maxLength: 200 })),
    head: count,
  },
  shut,
);

const smoke = Type.Object(
  { service: id, passed: Type.Boolean(), durationMs: Type.Number({ minimum: 0 }), outputTail: prose },
  shut,
);

const preflight = Type.Union([
  Type.Object({ state: Type.Literal('starting') }, shut),
  Type.Object({ state: Type.Literal('passed'), smoke: Type.Array(smoke, { maxItems: 200 }) }, shut),
  Type.Object(
    {
      state: Type.Literal('failed'),
      cause: Type.Union([Type.Literal('start'), Type.Literal('smoke tests')]),
      detail: prose,
      smoke: Type.Array(smoke, { maxItems: 200 }),
    },
    shut,
  ),
  Type.Null(),
]);

const rollout = Type.Object(
  {
    id,
    generation: count,
    overtakenBy: Type.Optional(count),
    effectivePercent: percent,
    lease: Type.Union([Type.Literal('none'), Type.Literal('held'), Type.Literal('expired')]),
    preflight,
    takenBack: orNull(Type.Object({ rule: id, detail: prose, at: count }, shut)),
    backDone: Type.Boolean(),
  },
  shut,
);

const variant = Type.Object(
  {
    artifact: digest,
    version: id,
    wanted: count,
    healthy: count,
    exits: count,
    detail: orNull(prose),
  },
  shut,
);

const held = Type.Object(
  { service: id, stable: orNull(Type.Object({ release: digest, version: id, artifact: digest }, shut)) },
  shut,
);

const observation = Type.Object(
  {
    environment: id,
    revision: count,
    converged: Type.Boolean(),
    services: Type.Array(
      Type.Object(
        {
          service: id,
          port: orNull(Type.Integer({ minimum: 0, maximum: 65_535 })),
          variants: Type.Array(variant, { maxItems: 20 }),
        },
        shut,
      ),
      { maxItems: 500 },
    ),
    rollout: orNull(rollout),
    isolation: Type.Object(
      { level: Type.Union([Type.Literal('namespaces'), Type.Literal('none')]), detail: prose },
      shut,
    ),
    troubles: Type.Array(
      Type.Object({ code: id, service: orNull(id), message: prose, wayOut: prose }, shut),
      { maxItems: agentLimits.troubles },
    ),
    restoredFrom: Type.Optional(count),
    restoredAt: Type.Optional(count),
    holding: Type.Optional(Type.Array(held, { maxItems: 500 })),
  },
  shut,
);

const counts = Type.Object(
  {
    requests: count,
    errors: count,
    probes: count,
    latency: Type.Record(Type.String({ pattern: '^[0-9]{1,3}$' }), count, upTo(200)),
  },
  shut,
);

const sample = Type.Object(
  {
    rollout: id,
    generation: count,
    number: Type.Integer({ minimum: 1, maximum: highestSample }),
    at: count,
    durationMs: Type.Number({ exclusiveMinimum: 0, maximum: 86_400_000 }),
    trafficPercent: percent,
    services: Type.Record(
      id,
      Type.Object(
        {
          candidate: orNull(counts),
          stable: orNull(counts),
          health: Type.Object(
            { wanted: count, healthy: count, exits: count, refused: count, failedProbes: count },
            shut,
          ),
        },
        shut,
      ),
      upTo(500),
    ),
  },
  shut,
);

const trafficReading = Type.Object(
  {
    environment: id,
    epoch: id,
    at: count,
    coveredMs: Type.Number({ minimum: 0, maximum: 86_400_000 }),
    services: Type.Record(id, Type.Object({ requests: count, errors: count }, shut), upTo(500)),
  },
  shut,
);

export const observationSchema = Type.Object(
  {
    protocol: count,
    boot: id,
    sequence: count,
    observations: Type.Array(observation, { maxItems: agentLimits.observations }),
    samples: Type.Array(sample, { maxItems: agentLimits.samples }),
    traffic: Type.Optional(Type.Array(trafficReading, { maxItems: agentLimits.trafficReadings })),
    countersignature: orNull(
      Type.Object({ position: count, signature: Type.String({ maxLength: 200 }) }, shut),
    ),
  },
  shut,
);

export const artifactSchema = Type.Object({ digest }, shut);
