import type { Environment } from '../../../domain/environment.ts';
import type { Evidence } from '../../../domain/evidence/evidence.ts';
import type { EvidenceRef, GateFinding, GateKind } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import { type AdmissionFacts, sourceOf } from '../facts.ts';

export type SpecOf<K extends GateKind> = Extract<GateSpec, { readonly kind: K }>;

/** How one gate stands. Pure. */
export type GateRule<K extends GateKind> = (
  spec: SpecOf<K>,
  facts: AdmissionFacts,
  now: Instant,
) => GateFinding;

/** For gates that look at the environment before this one. The project file refuses them where there is none. */
export const needsSource =
  <K extends GateKind>(
    rule: (spec: SpecOf<K>, facts: AdmissionFacts, source: Environment, now: Instant) => GateFinding,
  ): GateRule<K> =>
  (spec, facts, now) => {
    const source = sourceOf(facts);
    return source === null
      ? { state: 'passed', says: 'There is no environment before this one.' }
      : rule(spec, facts, source, now);
  };

export const refOf = ({ id, kind, name, by, at, file }: Evidence): EvidenceRef => ({
  id,
  kind,
  name,
  by,
  at,
  file,
});
