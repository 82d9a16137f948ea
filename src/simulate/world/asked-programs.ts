import type { HookAnswer } from '../../domain/question.ts';
import type { GateHook, HookBody, HookQuestion, HookReply } from '../../ports/gate-hook.ts';

const yes: HookAnswer = { verdict: 'pass', reason: '', url: '' };

/**
 * Plays the programs that webhook gates ask. They say yes at once, but for those that are slow: these take a question in, and
 * answer it when they are told to, if ever.
 */
export class AskedPrograms implements GateHook {
  readonly #slow: ReadonlySet<string>;
  readonly #answers = new Map<string, HookAnswer>();
  readonly #open = new Map<string, HookBody>();

  constructor(slow: ReadonlySet<string>) {
    this.#slow = slow;
  }

  async ask({ body }: HookQuestion): Promise<HookReply> {
    const answer = this.#answers.get(body.gate) ?? (this.#slow.has(body.gate) ? null : yes);
    if (answer !== null) return { kind: 'answer', ...answer };
    this.#open.set(body.gate, body);
    return { kind: 'pending' };
  }

  /** From now on. Gives the question that is open, to be answered by its callback; null where none is. */
  decide(gate: string, answer: HookAnswer): HookBody | null {
    const open = this.#open.get(gate) ?? null;
    this.#answers.set(gate, answer);
    this.#open.delete(gate);
    return open;
  }
}
