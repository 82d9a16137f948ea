import type { Closeness, Figures, ServiceFigures, Verdict } from '../../domain/rollout/judge/types.ts';
import type { HoldReason, TakeBackReason } from '../../domain/rollout/types.ts';
import { actorName } from '../../domain/actor.ts';
import type { RolloutView } from '../rung-client.ts';
import { bar, count, milliseconds, percent, perSecond, share } from './figures.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { ago, duration } from './time.ts';
import { fit, padRight, wrap } from './width.ts';

/** `◉ 1.2.0: canary at 10 %`, with what it is held for or why it goes back. */
export function rolloutHeadline(rollout: RolloutView, look: Look): string {
  const why = reasonText(rollout);
  return why === null ? standing(rollout, look) : `${standing(rollout, look)}, ${why}`;
}

function standing(rollout: RolloutView, look: Look): string {
  const { style } = look;
  const { state } = rollout;
  const at = share(rollout.effectivePercent ?? rollout.wantedPercent);
  switch (state.phase) {
    case 'preflight':
      return style.live(`◉ ${rollout.version}: preflight, no traffic yet`);
    case 'canary':
    case 'promoting':
      return style.live(`◉ ${rollout.version}: ${state.phase} at ${at}`);
    case 'watching':
      return style.live(`◉ ${rollout.version}: at ${at}, watched${remaining(state.until, look)}`);
    case 'held':
      return style.warning(`‖ ${rollout.version}: held at ${share(state.percent)}`);
    case 'rolling back':
      return style.bad(`↩ ${rollout.version}: being taken back`);
    case 'rolled back':
      return style.bad(`↩ ${rollout.version}: taken back ${ago(state.at, look)}`);
    case 'rollback failed':
      return style.bad(`✗ ${rollout.version}: taking it back failed ${ago(state.at, look)}`);
    case 'succeeded':
      return style.good(`✓ ${rollout.version}: done ${ago(state.at, look)}`);
    case 'superseded':
      return style.faint(`⤳ ${rollout.version}: superseded ${ago(state.at, look)}`);
  }
}

/** Why it is held or goes back, in words; null where there is nothing to explain. */
export function reasonText(rollout: RolloutView): string | null {
  const { state } = rollout;
  if (state.phase === 'held') return holdText(state.reason);
  if (state.phase === 'rollback failed') return `${state.detail} (${takeBackText(state.reason)})`;
  const goesBack = state.phase === 'rolling back' || state.phase === 'rolled back';
  return goesBack ? takeBackText(state.reason) : null;
}

/** Why a held one cannot be resumed now; null where it can, or where it is not held. */
const resumeText = ({ resume }: RolloutView): string | null =>
  resume?.off == null ? null : `It cannot be resumed now. ${resume.off}`;

const remaining = (until: number, look: Look): string =>
  until > look.now ? `, ${duration(until - look.now)} left` : '';

export function holdText(reason: HoldReason): string {
  switch (reason.kind) {
    case 'person':
      return `paused by ${actorName(reason.by)}${reason.note === '' ? '' : `: ${reason.note}`}`;
    case 'judge lost':
      return 'the judge was lost: nobody measured, so all traffic went back to the stable version';
    case 'insufficient evidence':
      return `too little evidence: ${reason.detail}`;
    case 'rule':
      return `the ${reason.rule} rule asks a person: ${reason.detail}`;
  }
}

export function takeBackText(reason: TakeBackReason): string {
  switch (reason.kind) {
    case 'rule':
      return `${reason.rule} rule: ${reason.detail}`;
    case 'smoke tests':
      return `smoke tests failed: ${reason.detail}`;
    case 'start':
      return `it did not start: ${reason.detail}`;
    case 'person':
      return `aborted by ${actorName(reason.by)}: ${reason.note}`;
  }
}

/** The whole live picture: steps, traffic, both versions side by side, and how close each rule is to speaking. */
export function rolloutLines(rollout: RolloutView, look: Look): readonly string[] {
  const { style } = look;
  const lines = [
    `${style.strong(rollout.environment)}  ${standing(rollout, look)}`,
    ...wrap(reasonText(rollout) ?? '', look.width - 2).flatMap((line) => (line === '' ? [] : `  ${line}`)),
    ...wrap(resumeText(rollout) ?? '', look.width - 2).flatMap((line) =>
      line === '' ? [] : style.warning(`  ${line}`),
    ),
    style.faint(`started ${ago(rollout.startedAt, look)} by ${actorName(rollout.startedBy)}`),
    ...rollout.advances.map((one) =>
      style.warning(
        `${actorName(one.by)} promoted it on thin evidence to ${share(one.toPercent)} ${ago(one.at, look)}: ${one.reason}`,
      ),
    ),
    '',
    `  ${stepsLine(rollout, look)}`,
    `  ${trafficLine(rollout, look)}`,
    ...(rollout.reasonAllAtOnce === null ? [] : [`  all at once: ${rollout.reasonAllAtOnce}`]),
    ...figureLines(rollout, look),
    ...closenessLines(rollout, look),
    ...verdictLines(rollout.verdict, look),
  ];
  return lines.map((line) => fit(line, look.width));
}

function stepsLine(rollout: RolloutView, look: Look): string {
  const { style } = look;
  return rollout.steps
    .map((step) => {
      switch (step.state) {
        case 'done':
          return style.good(`✓ ${step.name}`);
        case 'now':
          return style.live(`◉ ${step.name} ${bar(step.share, 10)} ${share(step.share * 100)}`);
        case 'next':
          return style.faint(`○ ${step.name}`);
        case 'skipped':
          return style.faint(`– ${step.name}`);
      }
    })
    .join('  ');
}

function trafficLine(rollout: RolloutView, look: Look): string {
  const seen = rollout.effectivePercent;
  if (seen === null)
    return `traffic  the gateway has not been read yet; wanted: ${share(rollout.wantedPercent)}`;
  const moving = seen === rollout.wantedPercent ? '' : ` (wanted: ${share(rollout.wantedPercent)})`;
  return `traffic  ${bar(seen / 100, 20)} ${share(seen)} to ${rollout.version}${moving}${leaseText(rollout, look)}`;
}

function leaseText(rollout: RolloutView, look: Look): string {
  switch (rollout.lease) {
    case 'held':
      return look.style.faint(
        rollout.leaseMs === null ? ', lease held' : `, lease held (${duration(rollout.leaseMs)})`,
      );
    case 'expired':
      return look.style.bad(', lease expired: all to the stable version');
    case 'none':
    case null:
      return '';
  }
}

function figureLines(rollout: RolloutView, look: Look): readonly string[] {
  const rows = rollout.services.flatMap((service) => {
    const figures = rollout.figures[service.service];
    if (figures === undefined) return [];
    return figureRows(service, figures, rollout.errorLimit, look);
  });
  if (rows.length === 0) return [];
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'SERVICE' },
    { title: 'VERSION' },
    { title: 'REQUESTS', ...right },
    { title: 'RATE', ...right },
    { title: 'ERRORS', ...right },
    { title: 'RATIO', ...right },
    { title: 'P95', ...right },
  ];
  return ['', ...table(columns, rows, look, '  ')];
}

function figureRows(
  service: RolloutView['services'][number],
  figures: ServiceFigures,
  limit: number | null,
  look: Look,
): readonly (readonly string[])[] {
  const rows = [row(service.service, `${service.to} new`, figures.candidate, limit, look)];
  return service.from === null
    ? rows
    : [...rows, row('', `${service.from} stable`, figures.stable, limit, look)];
}

function row(
  service: string,
  version: string,
  figures: Figures,
  limit: number | null,
  look: Look,
): readonly string[] {
  const over = limit !== null && figures.errorRatio !== null && figures.errorRatio > limit;
  const ratio = percent(figures.errorRatio);
  return [
    service,
    version,
    count(figures.requests),
    perSecond(figures.requestsPerSecond),
    count(figures.errors),
    over ? look.style.bad(`! ${ratio}`) : ratio,
    milliseconds(figures.p95Ms),
  ];
}

/** The rules in the order in which they win, each service's closest first. */
function closenessLines(rollout: RolloutView, look: Look): readonly string[] {
  if (rollout.closeness.length === 0) return [];
  return ['', '  How close each rule is', ...rollout.closeness.map((one) => closenessLine(one, look))];
}

function closenessLine(one: Closeness, look: Look): string {
  const paint =
    one.rule === 'advance' ? look.style.good : one.share >= 0.5 ? look.style.bad : look.style.faint;
  const filled = padRight(share(one.share * 100), 6);
  return `  ${padRight(one.rule, 10)}  ${padRight(one.service, 10)}  ${paint(bar(one.share, 10))} ${filled} ${one.detail}`;
}

function verdictLines(verdict: Verdict | null, look: Look): readonly string[] {
  if (verdict === null || verdict.action === 'continue') return [];
  if (verdict.action === 'advance') return ['', `  ${look.style.good('✓ goes on')}: ${verdict.detail}`];
  const shared =
    verdict.action === 'hold' && verdict.sharedCause ? ' (the stable version is as bad: a shared cause)' : '';
  const words = verdict.action === 'hold' ? '‖ hold' : '↩ take back';
  return [
    '',
    `  ${look.style.bad(words)}: ${verdict.service}, ${verdict.rule} rule, ${verdict.detail}${shared}`,
  ];
}
