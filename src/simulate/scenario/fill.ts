import type { ActorId, EnvironmentName, ServiceName } from '../../domain/ids.ts';
import { instant } from '../../domain/ids.ts';
import { writtenMs } from '../../domain/project-file/duration.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import type { Curve, Moment, RateCurve } from './curve.ts';
import { memberNamed } from './members.ts';
import type {
  Act,
  Expectation,
  Happening,
  PersonAct,
  Scenario,
  ServiceTruth,
  VersionTruth,
} from './types.ts';
import type {
  WrittenCurve,
  WrittenHappening,
  WrittenMoment,
  WrittenScenario,
  WrittenTraffic,
  WrittenTruth,
} from './written.ts';

const defaults = {
  release: '1.1.0',
  runs: '1.0.0',
  seed: 1,
  traffic: '20/s',
  errors: '0.1%',
  p95: '100ms',
  peak: '12:00',
} as const;

/** The scenario with every default filled in. Takes what has no findings, and nothing else. */
export function fillScenario(written: WrittenScenario, name: string, file: ProjectFile): Scenario {
  return {
    name,
    title: written.title,
    about: written.about?.trim() ?? null,
    to: written.to as EnvironmentName,
    release: written.release ?? defaults.release,
    runs: written.start?.runs ?? defaults.runs,
    soakedMs: msOrNull(written.start?.soaked),
    observedMs: msOrNull(written.start?.observed),
    missing: written.start?.missing ?? [],
    beginsAt: written.begins === undefined ? someMoment : instant(Date.parse(written.begins)),
    seed: written.seed ?? defaults.seed,
    durationMs: msOrNull(written.duration),
    services: Object.fromEntries(
      Object.keys(file.services).map((service) => [service, truthOf(written, service)]),
    ) as Record<ServiceName, ServiceTruth>,
    before: {
      traffic: rateOf(written.before?.traffic ?? defaults.traffic),
      errorRatio: curveOf(written.before?.errors ?? defaults.errors, ratioFrom),
    },
    smoke: written.smoke ?? 'pass',
    happens: (written.happens ?? []).map((one) => happeningOf(one, file)),
    expect: expectationOf(written.expect),
  };
}

const msOrNull = (written: string | undefined): number | null =>
  written === undefined ? null : writtenMs(written, 0);

function truthOf(written: WrittenScenario, service: string): ServiceTruth {
  const own = written.services?.[service];
  const stable: WrittenTruth = { ...written.stable, ...own?.stable };
  const candidate: WrittenTruth = { ...stable, ...written.candidate, ...own?.candidate };
  return {
    traffic: rateOf(own?.traffic ?? written.traffic ?? defaults.traffic),
    stable: versionOf(stable),
    candidate: versionOf(candidate),
  };
}

const versionOf = ({ errors, p95 }: WrittenTruth): VersionTruth => ({
  errorRatio: curveOf(errors ?? defaults.errors, ratioFrom),
  p95Ms: curveOf(p95 ?? defaults.p95, msFrom),
});

function rateOf(written: WrittenTraffic): RateCurve {
  if (!isDay(written)) return curveOf(written, rateFrom);
  const [hours = 0, minutes = 0] = (written.peak ?? defaults.peak).split(':').map(Number);
  const peakMs = (hours * 60 + minutes) * 60_000;
  return { day: rateFrom(written.day), night: rateFrom(written.night), peakMs };
}

const isDay = (written: WrittenTraffic): written is Exclude<WrittenTraffic, WrittenCurve> =>
  typeof written === 'object' && 'day' in written;

function curveOf(written: WrittenCurve, read: (text: string) => number): Curve {
  const [first = '', ...changes] = typeof written === 'string' ? [written] : written;
  return {
    first: typeof first === 'string' ? read(first) : 0,
    changes: changes.flatMap((change) =>
      typeof change === 'string'
        ? []
        : [
            {
              when: momentOf(change),
              to: read(change.is ?? change.to ?? ''),
              overMs: writtenMs(change.over, 0),
            },
          ],
    ),
  };
}

const perSecond = { s: 1, min: 1 / 60, h: 1 / 3600 } as const;

function rateFrom(text: string): number {
  const [figure, unit] = text.split('/');
  return Number(figure) * perSecond[unit as keyof typeof perSecond];
}
const ratioFrom = (text: string): number => Number((Number(text.replace('%', '')) / 100).toPrecision(12));
const msFrom = (text: string): number => writtenMs(text, 0);

export const momentOf = ({ at, after }: WrittenMoment): Moment =>
  at === undefined
    ? { since: 'first request', ms: writtenMs(after, 0) }
    : { since: 'start', ms: writtenMs(at, 0) };

function happeningOf(written: WrittenHappening, file: ProjectFile): Happening {
  const when = momentOf(written);
  const forMs = msOrNull(written.for);
  const { does, agent, clock, crash, unhealthy, alarm, evidence, webhook } = written;
  if (does !== undefined) return { when, kind: 'act', ...actOf(does, written, file) };
  if (agent !== undefined) return { when, kind: 'agent', how: agent, forMs };
  if (clock !== undefined)
    return { when, kind: 'clock', byMs: writtenMs(clock.slice(1), 0) * (clock.startsWith('-') ? -1 : 1) };
  if (crash !== undefined) return { when, kind: 'crash', service: crash as ServiceName };
  if (unhealthy !== undefined) return { when, kind: 'unhealthy', service: unhealthy as ServiceName, forMs };
  if (alarm !== undefined)
    return { when, kind: 'alarm', name: alarm, in: (written.in ?? null) as EnvironmentName | null, forMs };
  if (evidence !== undefined) return { when, kind: 'evidence', gate: evidence };
  if (webhook !== undefined) {
    const { answers = 'pass', why = null } = written;
    return { when, kind: 'webhook', gate: webhook, verdict: answers, why };
  }
  return { when, kind: 'control plane', forMs };
}

function actOf(does: Act, written: WrittenHappening, file: ProjectFile): PersonAct {
  const { who, why = null, gate = null, to } = written;
  const member = (name: string | undefined): ActorId | null =>
    name === undefined ? null : (memberNamed(file, name) as ActorId | null);
  return { does, who: member(who), why, gate, to: member(to), forMs: msOrNull(written.for) };
}

function expectationOf(written: WrittenScenario['expect']): Expectation | null {
  if (written === undefined) return null;
  if (typeof written === 'string') return { ends: [written], by: null, withinMs: null, metAtMost: null };
  return {
    ends: [written.ends].flat(),
    by: written.by ?? null,
    withinMs: msOrNull(written.within),
    metAtMost: written['met-at-most'] ?? null,
  };
}
