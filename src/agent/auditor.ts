import { type Disk, readJson } from '../disk/disk.ts';
import { type ChainHead, extendHead, genesisLink, signHead, verifyHead } from '../domain/audit/index.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../ports/provider.ts';
import type { PollResponse } from '../protocol/messages.ts';

/** A head the agent has countersigned: what it keeps, and pushes to where the control plane cannot change it. */
export interface CountersignedHead extends ChainHead {
  readonly signature: string;
}

export interface AuditorParts {
  readonly disk: Disk;
  readonly path: string;
  readonly project: ProjectId;
  /** Raw Ed25519, base64url. */
  readonly privateKey: string;
  /** The control plane's pinned key; null where none is pinned: then its signature is not looked at. */
  readonly controlKey: string | null;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
  readonly push: (head: CountersignedHead) => Promise<void>;
  readonly onSigned: (signed: { readonly position: number; readonly signature: string }) => void;
}

/** What was refused would be refused again: it is asked for as seldom, in case that it was altered on its way here. */
const refusedForMs = 60_000;

interface Refused {
  position: number;
  /** Monotonic. */
  readonly untilMs: number;
}

/**
 * Follows the audit chain and countersigns its checkpoints; never one of a chain that does not extend what this
 * agent signed before.
 */
export class Auditor {
  readonly #parts: AuditorParts;
  /** As far as the links are known; what is countersigned lies at or before it. */
  #head: ChainHead;
  #trouble: 'chain-rewritten' | 'checkpoint-forged' | null = null;
  #refused: Refused | null = null;
  #toPush: CountersignedHead | null = null;
  #isPushing = false;

  private constructor(parts: AuditorParts, head: ChainHead) {
    this.#parts = parts;
    this.#head = head;
  }

  static async load(parts: AuditorParts): Promise<Auditor> {
    const kept = await readJson<CountersignedHead>(parts.disk, parts.path);
    const genesis = { project: parts.project, position: 0, link: genesisLink(parts.project) };
    return new Auditor(parts, kept?.project === parts.project ? kept : genesis);
  }

  get position(): number {
    return this.#head.position;
  }

  /** Beyond here it wants to know of checkpoints. Further than it followed, for a while after it refused one. */
  get wantsAfter(): number {
    return this.#refusedNow()?.position ?? this.#head.position;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  async follow({ links, checkpoint }: PollResponse['audit']): Promise<void> {
    if (checkpoint === null || checkpoint.position <= this.#head.position) return;
    const refused = this.#refusedNow();
    if (refused !== null) {
      // The links up to there were not asked for.
      refused.position = Math.max(refused.position, checkpoint.position);
      return;
    }
    const fresh = links.filter(
      ({ position }) => position > this.#head.position && position <= checkpoint.position,
    );
    const head = extendHead(this.#head, fresh);
    // Not all links of the way came along: they come with the next answers.
    if (head !== undefined && head.position < checkpoint.position) {
      this.#head = head;
      return;
    }
    if (head === undefined || head.link !== checkpoint.link)
      return this.#refuse('chain-rewritten', checkpoint.position);
    const { controlKey } = this.#parts;
    if (controlKey !== null && !verifyHead(controlKey, head, checkpoint.signature))
      return this.#refuse('checkpoint-forged', checkpoint.position);
    await this.#countersign(head);
  }

  async #countersign(head: ChainHead): Promise<void> {
    const { disk, path, privateKey, onSigned } = this.#parts;
    const signature = signHead(privateKey, head);
    const signed = { ...head, signature };
    await disk.replace(path, JSON.stringify(signed), 'power cut');
    this.#head = head;
    this.#trouble = null;
    this.#refused = null;
    onSigned({ position: head.position, signature });
    this.#toPush = signed;
    void this.#push();
  }

  /** Never rejects, and is not waited for: a git that hangs must not keep the agent from hearing what is desired. */
  async #push(): Promise<void> {
    if (this.#isPushing) return;
    this.#isPushing = true;
    for (let head = this.#toPush; head !== null; head = this.#toPush) {
      // What is signed while it is pushed comes after it; of several the last one says all.
      this.#toPush = null;
      await this.#parts.push(head).catch((thrown: unknown) => {
        this.#parts.log.warn(
          { err: thrown, code: 'audit-head-not-pushed' },
          'The head of the audit chain could not be pushed',
        );
      });
    }
    this.#isPushing = false;
  }

  #refusedNow(): Refused | null {
    const refused = this.#refused;
    return refused !== null && this.#parts.clock.monotonicMs() < refused.untilMs ? refused : null;
  }

  #refuse(code: 'chain-rewritten' | 'checkpoint-forged', position: number): void {
    this.#refused = { position, untilMs: this.#parts.clock.monotonicMs() + refusedForMs };
    if (this.#trouble === code) return;
    this.#trouble = code;
    this.#parts.log.error(
      { code, position, trustedUpTo: this.#head.position },
      'The audit chain does not extend what this agent signed before; it is not countersigned',
    );
  }
}
