import { wantedPercent } from '../../../../src/domain/rollout/types.ts';
import type { Rollout } from '../../../../src/domain/rollout/types.ts';
import type { Environment } from '../../../../src/domain/environment.ts';
import type { Invariant } from './invariant.ts';

export const ofTraffic: readonly Invariant[] = [
  {
    id: 'weight-as-said',
    sentence:
      'Nobody but the control plane gives a new version more requests: a gateway sends it no more than a committed word of that very rollout and generation says.',
    begin: () => {
      const said = new Map<string, number>();
      return {
        commit: ({ puts }) => {
          for (const put of puts) {
            const rollout = put.kind === 'rollout' ? (put.after as Rollout | undefined) : undefined;
            if (rollout === undefined) continue;
            const key = `${rollout.id} ${rollout.generation}`;
            said.set(key, Math.max(said.get(key) ?? 0, wantedPercent(rollout)));
          }
          return null;
        },
        gateway: ({ name, gateway }) => {
          const percent = gateway.effectivePercent;
          const spec = gateway.book.weight?.spec;
          if (percent === 0 || spec === undefined) return null;
          const most = said.get(`${spec.rollout} ${spec.generation}`) ?? 0;
          return percent <= most
            ? null
            : `${name} sends ${percent} %, and generation ${spec.generation} says ${most} %`;
        },
      };
    },
  },
  {
    id: 'no-word-twice',
    sentence: 'A word about the weight that is older than one that a gateway has had changes nothing there.',
    begin: () => {
      const newest = new Map<string, number>();
      return {
        gateway: ({ name, gateway }) => {
          const spec = gateway.book.weight?.spec;
          if (spec === undefined) return null;
          const key = `${name} ${spec.rollout}`;
          const before = newest.get(key) ?? 0;
          newest.set(key, Math.max(before, spec.generation));
          return spec.generation >= before
            ? null
            : `${name} went from generation ${before} back to ${spec.generation}`;
        },
      };
    },
  },
  {
    id: 'taken-back-for-good',
    sentence: 'What was taken back at a gateway gets no request there again, by whatever word.',
    begin: () => ({
      gateway: ({ name, gateway }) => {
        const { weight, latch } = gateway.book;
        const isLatched = latch.some(({ rollout }) => rollout === weight?.spec.rollout);
        // After a restore, what went through since the backup is taken up as stable, and its weight is about nothing any more.
        const isExposed = gateway.routes.some(
          ({ stable, candidate }) => candidate !== null && candidate.artifact !== stable?.artifact,
        );
        return isLatched && isExposed && gateway.effectivePercent > 0
          ? `${name} exposes ${weight?.spec.rollout ?? ''} again`
          : null;
      },
    }),
  },
  {
    id: 'no-lease-no-traffic',
    sentence: 'A new version gets no request for longer than its lease after somebody last judged it.',
    begin: () => ({
      step: ({ places }) => {
        for (const { name, gateway, host } of places) {
          const leaseMs = gateway.book.weight?.spec.leaseMs ?? null;
          if (gateway.effectivePercent === 0 || leaseMs === null) continue;
          const unheardMs = host.monotonicMs() - gateway.leasedMs;
          if (unheardMs > leaseMs)
            return `${name} sends ${gateway.effectivePercent} % ${unheardMs} ms after the last word`;
        }
        return null;
      },
    }),
  },
  {
    id: 'stable-as-said',
    sentence: 'What a gateway treats as stable was committed as what serves that service there.',
    begin: () => {
      const said = new Set<string>();
      return {
        commit: ({ puts }) => {
          for (const put of puts) {
            const environment =
              put.kind === 'environment' ? (put.after as Environment | undefined) : undefined;
            if (environment === undefined) continue;
            for (const [service, { artifact }] of Object.entries(environment.stable))
              said.add(`${environment.name} ${service} ${artifact}`);
          }
          return null;
        },
        gateway: ({ name, gateway }) => {
          for (const { service, stable } of gateway.routes)
            if (stable !== null && !said.has(`${name} ${service} ${stable.artifact}`))
              return `${name} serves ${service} ${stable.version}, and nobody said so`;
          return null;
        },
      };
    },
  },
  {
    id: 'ends-whole',
    sentence: 'In the end every request goes to one version, and that one is healthy.',
    begin: () => ({
      end: async ({ places, ledger }) => {
        for (const { name, id, gateway, room } of places) {
          const percent = gateway.effectivePercent;
          if (percent !== 0 && percent !== 100) return `${name} is left at ${percent} %`;
          const wanted = ledger.get('environment', id)?.stable ?? {};
          for (const { service, stable } of gateway.routes) {
            const asked = wanted[service];
            if (asked?.artifact !== stable?.artifact)
              return `${name} serves ${service} ${stable?.version ?? 'nothing'}, not ${asked?.version ?? 'nothing'}`;
            if (stable !== null && !room.isHealthy(service, stable.artifact))
              return `${service} ${stable.version} in ${name} is not healthy`;
          }
        }
        return null;
      },
    }),
  },
];
