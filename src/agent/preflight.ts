import { isWorthRetrying } from '../domain/failure.ts';
import type { RolloutId } from '../domain/ids.ts';
import type { Instance, Runtime, SmokeResult, WorkloadSpec } from '../ports/runtime.ts';
import type { Context } from '../ports/provider.ts';
import type { DesiredRollout, ObservedRollout, SmokeSummary } from '../protocol/messages.ts';
import type { ArtifactShelf } from './artifact-shelf.ts';
import { type Facts, type WantedVariant, candidatesOf, instancesOf } from './decide.ts';

export type PreflightReport = NonNullable<ObservedRollout['preflight']>;

const tailLimit = 4000;
/** Another port is tried by itself; so often, and the trouble is not the port. */
const portTriesLimit = 3;

/** Proves a candidate at 0 %: it starts, gets healthy and passes its own smoke tests, before any client meets it. */
export class Preflight {
  readonly #runtime: Runtime;
  readonly #shelf: ArtifactShelf;
  readonly #context: Context;
  readonly #onChange: () => void;
  #rollout: RolloutId | null = null;
  #report: PreflightReport = { state: 'starting' };
  #isTesting = false;
  #exitsBefore = new Map<string, number>();

  constructor(runtime: Runtime, shelf: ArtifactShelf, context: Context, onChange: () => void) {
    this.#runtime = runtime;
    this.#shelf = shelf;
    this.#context = context;
    this.#onChange = onChange;
  }

  /** What there is to report. Starts the smoke tests, once for each rollout, when every candidate is healthy. */
  look(rollout: DesiredRollout, facts: Facts): PreflightReport {
    const candidates = candidatesOf(facts.desired);
    if (this.#rollout !== rollout.id) this.#begin(rollout.id, candidates);
    if (this.#report.state !== 'starting' || this.#isTesting) return this.#report;
    const failure = candidates.map((one) => this.#startFailure(one, facts)).find((one) => one !== null);
    if (failure) this.#report = { state: 'failed', cause: 'start', detail: failure, smoke: [] };
    else this.#testWhenHealthy(rollout.id, candidates, facts);
    return this.#report;
  }

  #begin(rollout: RolloutId, candidates: readonly WantedVariant[]): void {
    for (const { variant } of candidates) this.#shelf.tryAgain(variant.artifact);
    this.#rollout = rollout;
    this.#report = { state: 'starting' };
    this.#isTesting = false;
    this.#exitsBefore = new Map();
  }

  #startFailure({ service, variant }: WantedVariant, facts: Facts): string | null {
    const failure = this.#shelf.failure(variant.artifact);
    if (failure && !isWorthRetrying(failure.kind))
      return `${service}: ${failure.message} ${failure.wayOut ?? ''}`.trim();
    const instances = instancesOf(facts.workloads, service, variant.artifact);
    const exits = instances.reduce((sum, one) => sum + one.exits, 0);
    const key = `${service} ${variant.artifact}`;
    if (instances.length > 0 && !this.#exitsBefore.has(key)) {
      // A workload that ran before as something else brings its past with it.
      this.#exitsBefore.set(key, instances.some(({ state }) => state.phase === 'healthy') ? exits : 0);
    }
    const newExits = exits - (this.#exitsBefore.get(key) ?? 0);
    const failed = instances.find((one) => isFailed(one, newExits));
    return failed ? describe(failed) : null;
  }

  #testWhenHealthy(rollout: RolloutId, candidates: readonly WantedVariant[], facts: Facts): void {
    const tests = candidates.map(({ service, variant }) => {
      const healthy = instancesOf(facts.workloads, service, variant.artifact).find(
        ({ state }) => state.phase === 'healthy',
      );
      const shelved = facts.shelved(variant.artifact);
      const { artifact, version } = variant;
      return healthy && shelved
        ? {
            healthy,
            spec: { environment: facts.desired.environment, service, version, artifact, ...shelved },
          }
        : null;
    });
    if (tests.some((test) => test === null)) return;
    this.#isTesting = true;
    const ready = tests.filter((test) => test !== null);
    this.#test(ready)
      .then((report) => this.#settle(rollout, report))
      // Not having been able to ask says nothing about the release: it is tested again.
      .catch(() => this.#settle(rollout, { state: 'starting' }));
  }

  async #test(
    tests: readonly { readonly spec: WorkloadSpec; readonly healthy: Instance }[],
  ): Promise<PreflightReport> {
    const smoke: SmokeSummary[] = [];
    for (const { spec, healthy } of tests) {
      if (spec.descriptor.smoke === null) continue;
      const result = await this.#runtime.smoke(spec, healthy, this.#context);
      smoke.push(summary(spec, result));
    }
    const failed = smoke.find((one) => !one.passed);
    if (!failed) return { state: 'passed', smoke };
    const detail = `The smoke tests of ${failed.service} did not pass.`;
    return { state: 'failed', cause: 'smoke tests', detail, smoke };
  }

  #settle(rollout: RolloutId, report: PreflightReport): void {
    if (this.#rollout !== rollout) return;
    this.#report = report;
    this.#isTesting = false;
    this.#onChange();
  }
}

function summary(spec: WorkloadSpec, result: SmokeResult): SmokeSummary {
  const { passed, durationMs, outputTail, timedOut } = result;
  const late = timedOut ? `\nEnded after ${spec.descriptor.smokeTimeoutMs} ms, which is its limit.` : '';
  return { service: spec.service, passed, durationMs, outputTail: (outputTail + late).slice(-tailLimit) };
}

function isFailed({ trouble, state }: Instance, newExits: number): boolean {
  if (trouble?.code === 'port-taken') return newExits >= portTriesLimit;
  return newExits > 0 || state.phase === 'exited' || trouble?.code === 'never-healthy';
}

function describe({ trouble, state }: Instance): string {
  const tail = state.phase === 'exited' && state.logTail !== '' ? `\n${state.logTail.slice(-tailLimit)}` : '';
  return trouble ? `${trouble.message} ${trouble.wayOut}${tail}` : `It ended by itself.${tail}`;
}
