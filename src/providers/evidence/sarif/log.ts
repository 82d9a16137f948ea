import { mostShown, type ScanFacts, shortened } from '../../../domain/evidence/facts.ts';
import type { FormatInput } from '../format.ts';
import {
  type JsonPlace,
  type JsonShape,
  type JsonValue,
  jsonAt,
  listAt,
  pointerOf,
  textAt,
} from '../reading/json-shape.ts';
import type { Complaint, Kept, Problems } from '../reading/problems.ts';
import { Findings, RunFindings } from './findings.ts';
import { isFinding, isSuppressed, levelWritten, messageOf, placeOf, resultShape } from './result.ts';
import { referenceOf, ruleShape, Rules } from './rules.ts';
import { isLevel, type Level, scoreOf } from './severity.ts';

/** Counts a SARIF log while it is read. */
export class Log {
  readonly shape: JsonShape;
  readonly #problems: Problems;
  readonly #kept: Kept;
  readonly #whole = new Findings();
  readonly #tools = new Set<string>();
  #rules: Rules;
  #findings: RunFindings;
  #runs = 0;
  #suppressed = 0;

  constructor({ problems, kept }: FormatInput) {
    this.#problems = problems;
    this.#kept = kept;
    this.#rules = new Rules(kept);
    this.#findings = new RunFindings(kept);
    this.shape = this.#shape();
  }

  facts(version: string | null): ScanFacts {
    if (version !== '2.1.0') this.#problems.note(otherVersion(version));
    if (this.#runs === 0) this.#problems.stop(noRun);
    return { kind: 'scan', ...this.#whole.facts, tools: [...this.#tools], suppressed: this.#suppressed };
  }

  #shape(): JsonShape {
    const component: JsonShape = {
      keys: {
        name: 'value',
        semanticVersion: 'value',
        version: 'value',
        rules: { each: ruleShape, take: (rule, where) => this.#rule(rule, where) },
      },
    };
    const run: JsonShape = {
      keys: {
        tool: { keys: { driver: component, extensions: { each: component } } },
        invocations: { each: { keys: { executionSuccessful: 'value' } } },
        results: { each: resultShape, take: (result, where) => this.#result(result, where) },
      },
    };
    return {
      keys: { version: 'value', runs: { each: run, take: (ended, where) => this.#endRun(ended, where) } },
    };
  }

  /** At `/runs/0/tool/driver/rules/7` or `/runs/0/tool/extensions/2/rules/7`. */
  #rule(rule: JsonValue, where: JsonPlace): void {
    const extension = where.path[3] === 'extensions' ? Number(where.path[4]) : null;
    this.#rules.add(extension, Number(where.path.at(-1)), {
      id: textAt(rule, 'id') ?? '',
      title: textAt(rule, 'shortDescription', 'text') ?? '',
      score: this.#score(rule, where),
      level: this.#level(jsonAt(rule, 'defaultConfiguration', 'level'), where),
    });
  }

  #result(result: JsonValue, where: JsonPlace): void {
    if (!isFinding(result)) return;
    if (isSuppressed(result)) {
      this.#suppressed += 1;
      return;
    }
    this.#findings.add({
      reference: referenceOf(result),
      score: this.#score(result, where),
      level: this.#level(levelWritten(result), where),
      message: messageOf(result),
      place: placeOf(result),
    });
  }

  #score(owner: JsonValue, where: JsonPlace): number | null {
    const written = jsonAt(owner, 'properties', 'security-severity') ?? null;
    const score = scoreOf(written);
    if (written !== null && score === null) this.#note(notAScore(written), where);
    return score;
  }

  #level(written: JsonValue | undefined, where: JsonPlace): Level | null {
    if (written === undefined || written === null) return null;
    if (isLevel(written)) return written;
    this.#note(notALevel(written), where);
    return null;
  }

  #endRun(run: JsonValue, where: JsonPlace): void {
    this.#runs += 1;
    if (!Array.isArray(jsonAt(run, 'results'))) this.#note(noResults, where);
    if (listAt(run, 'invocations').some((one) => jsonAt(one, 'executionSuccessful') === false)) {
      this.#note(notFinished, where);
    }
    if (this.#tools.size < mostShown) this.#tools.add(toolOf(jsonAt(run, 'tool', 'driver')));
    this.#findings.settle(this.#rules, this.#whole);
    this.#kept.add(-this.#kept.bytes);
    this.#rules = new Rules(this.#kept);
    this.#findings = new RunFindings(this.#kept);
  }

  #note(complaint: Complaint, { path, spot }: JsonPlace): void {
    this.#problems.note({ ...complaint, at: spot(), pointer: pointerOf(path) });
  }
}

function toolOf(driver: JsonValue | undefined): string {
  const version = textAt(driver, 'semanticVersion') ?? textAt(driver, 'version') ?? '';
  return shortened(`${textAt(driver, 'name') ?? 'a tool without a name'} ${version}`.trim(), 200);
}

const otherVersion = (version: string | null): Complaint => ({
  code: 'another-version',
  message:
    version === null
      ? 'The log does not say which version of SARIF it is'
      : `The log is of SARIF ${shortened(version, 40)}`,
  instead: '"version": "2.1.0", and a tool that writes it',
  pointer: '/version',
});
const noRun = {
  code: 'no-runs',
  message: 'The log has no run of a tool in it, and no scan is no evidence',
  instead: 'see in the CI job whether the scan ran',
  pointer: '/runs',
};
const noResults = {
  code: 'no-results',
  message:
    'The run has no results, which says that nothing was scanned; a scan that found nothing has "results": []',
  instead: 'see in the CI job whether the scan ran to its end',
};
const notFinished = {
  code: 'scan-not-finished',
  message: 'The tool says that it did not finish: executionSuccessful is false',
  instead: 'see in the CI job why, and run it again',
};
const notAScore = (written: JsonValue): Complaint => ({
  code: 'not-a-score',
  message: `security-severity ${shortened(JSON.stringify(written), 40)} is no score`,
  instead: 'a CVSS score from 0 to 10, such as "7.5"',
});
const notALevel = (written: JsonValue): Complaint => ({
  code: 'not-a-level',
  message: `The level ${shortened(JSON.stringify(written), 40)} is not known`,
  instead: 'error, warning, note or none',
});
