import type { RoleName } from '../ids.ts';
import { writtenMs } from './duration.ts';
import { shareLimit } from './limit.ts';
import type { GateSpec, Severity } from './types.ts';
import type { GateWord, WrittenGate, WrittenGateForm } from './written.ts';

const secondMs = 1000;
const dayMs = 86_400_000;

const defaultScan: readonly Severity[] = ['critical', 'high'];
const defaultErrors = 0.01;
const defaultCoverage = { limit: 0.8, inclusive: false };

/** Fills a gate's defaults in. Takes only what the schema and `gateFindings` have accepted. */
export const fillGate = (written: WrittenGate): GateSpec =>
  typeof written === 'string' ? wordGate(written) : formGate(written);

function wordGate(word: GateWord): GateSpec {
  switch (word) {
    case 'tests':
      return { kind: 'tests', suites: [] };
    case 'coverage':
      return { kind: 'coverage', ...defaultCoverage };
    case 'review':
      return { kind: 'review', count: 1 };
    case 'scan':
      return { kind: 'scan', none: defaultScan };
    case 'stability':
      return { kind: 'stability', forMs: dayMs, errors: defaultErrors };
    case 'uat':
    case 'change-request':
    case 'rollback-plan':
      return { kind: word, from: [] };
    case 'bugs':
      return { kind: 'bugs', atMost: 0 };
    case 'smoke':
    case 'validation':
    case 'alarms':
      return { kind: word };
  }
}

function formGate(form: WrittenGateForm): GateSpec {
  const { soak, tests, coverage, review, scan, stability, checklist, bugs, rule, webhook } = form;
  if (soak !== undefined) return { kind: 'soak', forMs: writtenMs(soak, dayMs) };
  if (tests !== undefined) return { kind: 'tests', suites: tests };
  if (coverage !== undefined) return { kind: 'coverage', ...defaultCoverage, ...shareLimit(coverage, '>') };
  if (review !== undefined) return { kind: 'review', count: review };
  if (scan !== undefined) return { kind: 'scan', none: scan };
  if (stability !== undefined) return fillStability(stability);
  if (checklist !== undefined) return { kind: 'checklist', ...checklist, from: rolesIn(checklist.from) };
  if (bugs !== undefined) return { kind: 'bugs', atMost: bugs };
  if (rule !== undefined) return { kind: 'rule', ...rule, otherwise: rule.otherwise ?? '' };
  if (webhook !== undefined)
    return {
      kind: 'webhook',
      name: webhook.name,
      url: webhook.url,
      timeoutMs: writtenMs(webhook.timeout, 30 * secondMs),
    };
  return peopleGate(form);
}

const fillStability = (written: NonNullable<WrittenGateForm['stability']>): GateSpec => ({
  kind: 'stability',
  forMs: writtenMs(written.for, dayMs),
  errors: shareLimit(written.errors ?? '', '<')?.limit ?? defaultErrors,
});

function peopleGate(form: WrittenGateForm): GateSpec {
  if (form.uat !== undefined) return { kind: 'uat', from: rolesIn(form.uat) };
  const request = form['change-request'];
  if (request !== undefined) return { kind: 'change-request', from: rolesIn(request) };
  return { kind: 'rollback-plan', from: rolesIn(form['rollback-plan']) };
}

const rolesIn = (names: readonly string[] | undefined): readonly RoleName[] =>
  (names ?? []) as readonly RoleName[];
