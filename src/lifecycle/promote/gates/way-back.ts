import type { ServiceName } from '../../../domain/ids.ts';
import type { Variant } from '../../../domain/rollout/types.ts';
import { listText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';

/** What going back would do, tried without doing it. */
export type WayBack =
  | { readonly kind: 'nothing runs' }
  | { readonly kind: 'there'; readonly says: string }
  | { readonly kind: 'none'; readonly says: string };

/**
 * What a rollback of the target would go back to right now: each service to what it serves, from a release that is still
 * kept with that very artifact. The store of artifacts never lets go of what a kept release names. Pure.
 */
export function wayBack({ target, serving }: Pick<AdmissionFacts, 'target' | 'serving'>): WayBack {
  const served = Object.entries(target.stable) as [ServiceName, Variant][];
  if (served.length === 0) return { kind: 'nothing runs' };
  const lost = served.filter(([service, { release, artifact }]) => {
    const kept = serving.find(({ id }) => id === release);
    return kept?.manifest.services[service]?.artifact !== artifact;
  });
  if (lost.length > 0) {
    const what = lost.map(([service, { version }]) => `${service} ${version}`);
    return { kind: 'none', says: `There is no way back to ${listText(what)}, which is not kept any more.` };
  }
  const back = new Map<string, string>();
  for (const [service, { version }] of served) {
    const others = back.get(version);
    back.set(version, others === undefined ? `${version}: ${service}` : `${others}, ${service}`);
  }
  return { kind: 'there', says: `Back to ${[...back.values()].join('; ')}. The artifacts are still there.` };
}
