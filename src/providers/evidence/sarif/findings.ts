import {
  type Finding,
  mostShown,
  type ScanFacts,
  severities,
  type Severity,
} from '../../../domain/evidence/facts.ts';
import type { Kept } from '../reading/problems.ts';
import type { RuleReference, Rules } from './rules.ts';
import { type Level, severityOf } from './severity.ts';

/** A finding before its rule is known, for a log may name its rules after its results. */
export interface OpenFinding {
  readonly reference: RuleReference;
  readonly score: number | null;
  readonly level: Level | null;
  readonly message: string;
  readonly place: string;
}

type Sample = Pick<OpenFinding, 'message' | 'place'>;
interface Alike {
  readonly example: OpenFinding;
  readonly samples: Sample[];
  count: number;
}

/** Beyond so many, one sample of each sort is enough. */
const mostSamples = 1000;

/** The findings of one run, counted by what decides on their severity. */
export class RunFindings {
  readonly #kept: Kept;
  readonly #alike = new Map<string, Alike>();
  #samples = 0;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  add(finding: OpenFinding): void {
    const { reference, score, level, message, place } = finding;
    const sort = JSON.stringify([reference.id, reference.index, reference.extension, score, level]);
    const alike = this.#alike.get(sort) ?? this.#newSort(sort, finding);
    alike.count += 1;
    const isShown = this.#samples < mostSamples && alike.samples.length < mostShown;
    if (!isShown && alike.samples.length > 0) return;
    this.#kept.add(100 + 2 * (message.length + place.length));
    this.#samples += 1;
    alike.samples.push({ message, place });
  }

  /** Adds them to the whole, now that the rules are known. */
  settle(rules: Rules, whole: Findings): void {
    for (const { example, samples, count } of this.#alike.values()) {
      const rule = rules.find(example.reference);
      const level = example.level ?? rule?.level ?? 'warning';
      const severity = severityOf(example.score ?? rule?.score ?? null, level);
      whole.add(severity, count, () =>
        samples.map(({ message, place }) => ({
          rule: example.reference.id === '' ? (rule?.id ?? '') : example.reference.id,
          severity,
          message: message === '' ? (rule?.title ?? '') : message,
          place,
        })),
      );
    }
  }

  #newSort(sort: string, example: OpenFinding): Alike {
    this.#kept.add(300 + 4 * sort.length);
    const alike = { example, samples: [], count: 0 };
    this.#alike.set(sort, alike);
    return alike;
  }
}

/** The findings of all runs. */
export class Findings {
  readonly #counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, note: 0 };
  readonly #shown: Record<Severity, Finding[]> = { critical: [], high: [], medium: [], low: [], note: [] };

  add(severity: Severity, count: number, samples: () => readonly Finding[]): void {
    this.#counts[severity] += count;
    const shown = this.#shown[severity];
    if (shown.length < mostShown) shown.push(...samples().slice(0, mostShown - shown.length));
  }

  get facts(): Pick<ScanFacts, 'bySeverity' | 'findings'> {
    const worstFirst = severities.flatMap((severity) => this.#shown[severity]);
    return { bySeverity: this.#counts, findings: worstFirst.slice(0, mostShown) };
  }
}
