import type { Digest, ProjectId } from '../ids.ts';
import { linkOf } from './chain.ts';
import type { AuditReport, Finding, FindingCode, Restoration } from './findings.ts';
import type { Row } from './row.ts';
import type { Witness } from './witnesses.ts';

/** Goes along a chain row by row. One wrong row is one finding: what follows it is judged against either reading. */
export class Walk {
  readonly project: ProjectId;
  readonly #witnesses = new Map<number, Witness[]>();
  readonly #findings: Finding[] = [];
  /** What the link before the next row may be: as the last row says, and as it comes out when computed. */
  #previous: readonly Digest[];
  #last = 0;
  #rows = 0;
  #expired = 0;
  #agreed = 0;
  readonly #vouched = { agent: 0, 'control plane': 0 };
  readonly #restorations: Restoration[] = [];
  #missing: { from: number; to: number }[] = [];

  constructor(project: ProjectId, genesis: Digest, witnesses: readonly Witness[]) {
    this.project = project;
    this.#previous = [genesis];
    for (const witness of witnesses) {
      this.#witnesses.set(witness.position, [...(this.#witnesses.get(witness.position) ?? []), witness]);
    }
  }

  /** The next line of the export; undefined when it could not be read. */
  take(line: number, row: Row | undefined): void {
    if (row === undefined) {
      this.#find('line-unreadable', null, line, `Line ${line} is not an event as an export writes it.`);
      return;
    }
    this.#rows += 1;
    if (row.expired) this.#expired += 1;
    if (row.wrong !== null) this.#changed(line, row, row.wrong);
    else if (row.restoration !== null) this.#restorations.push(row.restoration);
    if (row.position <= this.#last) this.#late(line, row);
    else this.#follow(line, row);
  }

  /** Call once, after the last line. */
  report(lastLine: number, findings: readonly Finding[]): AuditReport {
    for (const gap of this.#missing) {
      const span = gap.from === gap.to ? `Position ${gap.from} is` : `Positions ${gap.from} to ${gap.to} are`;
      this.#find('event-missing', gap.from, null, `${span} missing.`);
    }
    this.#tail(lastLine);
    const all = [...findings, ...this.#findings];
    const { agent, 'control plane': controlPlane } = this.#vouched;
    return {
      unaltered: all.length === 0,
      findings: all,
      events: this.#rows,
      lastPosition: this.#last,
      expiredPayloads: this.#expired,
      restorations: this.#restorations,
      countersignedTo: agent,
      signedTo: controlPlane,
      uncovered: agent < this.#last ? { from: agent + 1, to: this.#last } : null,
    };
  }

  #follow(line: number, row: Row): void {
    const isNext = row.position === this.#last + 1;
    if (!isNext) this.#missing.push({ from: this.#last + 1, to: row.position - 1 });
    const computed = this.#previous.map((previous) =>
      linkOf({ project: this.project, position: row.position, previous, payloadDigest: row.payloadDigest }),
    );
    const follows = !isNext || computed.includes(row.link);
    if (!follows && row.wrong === null) {
      this.#changed(line, row, 'its link does not follow from the event before it');
    }
    this.#previous = follows ? [row.link] : [row.link, ...computed.slice(-1)];
    this.#last = row.position;
    this.#hear(line, row);
  }

  /** A row at or before one already seen: either it fills a gap in the wrong place, or it is there twice. */
  #late(line: number, row: Row): void {
    const gap = this.#missing.find(({ from, to }) => from <= row.position && row.position <= to);
    if (gap === undefined) {
      this.#find('event-duplicated', row.position, line, `Position ${row.position} is there a second time.`);
      return;
    }
    this.#missing = this.#missing.flatMap((one) => (one === gap ? without(gap, row.position) : [one]));
    this.#find(
      'event-out-of-order',
      row.position,
      line,
      `Position ${row.position} stands in the wrong place.`,
    );
  }

  /** Compares with what was signed about this position. */
  #hear(line: number, row: Row): void {
    for (const witness of this.#witnesses.get(row.position) ?? []) {
      if (witness.link === row.link) {
        this.#vouched[witness.by] = Math.max(this.#vouched[witness.by], row.position);
        continue;
      }
      const since = this.#agreed === 0 ? 'from the start' : `after position ${this.#agreed}`;
      this.#find(
        'chain-rewritten',
        row.position,
        line,
        `At position ${row.position}, ${witness.name} signed another chain: it was rewritten somewhere ${since}.`,
      );
    }
    const signed = this.#witnesses.get(row.position);
    if (signed?.every(({ link }) => link === row.link) === true) this.#agreed = row.position;
  }

  /** What was signed about positions the export does not have. Those in a gap are reported as missing already. */
  #tail(lastLine: number): void {
    const beyond = [...this.#witnesses.values()].flat().filter(({ position }) => position > this.#last);
    const furthest = beyond.toSorted((left, right) => right.position - left.position)[0];
    if (furthest === undefined) return;
    this.#find(
      'tail-cut-off',
      this.#last + 1,
      lastLine,
      `The export ends at position ${this.#last}, but ${furthest.name} signed position ${furthest.position}: ` +
        `${furthest.position - this.#last} events at the end are cut off.`,
    );
  }

  #changed(line: number, row: Row, why: string): void {
    this.#find('event-changed', row.position, line, `Event ${row.position} was changed: ${why}.`);
  }

  #find(code: FindingCode, position: number | null, line: number | null, message: string): void {
    this.#findings.push({ code, position, line, message });
  }
}

const without = (gap: { from: number; to: number }, position: number): { from: number; to: number }[] =>
  [
    { from: gap.from, to: position - 1 },
    { from: position + 1, to: gap.to },
  ].filter(({ from, to }) => from <= to);
