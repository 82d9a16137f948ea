import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';

type Answer = PostgresQueryResult<unknown>;

/** What a transaction sees of others, and whether it writes. */
export type Isolation = 'serializable' | 'read committed' | 'repeatable read read only';

const onlyReads = /^\s*select\s/;
const nothing: Answer = { command: 'SELECT', rowCount: 0, rows: [] };

/**
 * What is said on one connection from the begin of a transaction to its end. Statements go out as they are asked, those that do
 * not wait for each other share one way to the server and back. What went wrong first is what all that comes behind it fails
 * with: PostgreSQL itself only says that it comes too late, and of a begin that went wrong, nothing at all.
 */
export class OneTransaction {
  readonly #client: PostgresPoolClient;
  readonly #isReading: boolean;
  #failure: { readonly thrown: unknown } | null = null;
  /** What waits for the begin, in its order; null once that is answered. */
  #held: (() => void)[] | null = [];
  #isOver = false;

  constructor(client: PostgresPoolClient, how: Isolation) {
    this.#client = client;
    this.#isReading = how.endsWith('read only');
    const letGo = (): void => {
      const held = this.#held ?? [];
      this.#held = null;
      for (const call of held) call();
    };
    this.#say(`start transaction isolation level ${how}`, []).then(letGo, letGo);
  }

  /**
   * What only reads goes right behind the begin. What writes waits until that is answered: without a transaction it would be
   * one of its own, that nothing takes back.
   */
  ask(text: string, values: readonly unknown[]): Promise<Answer> {
    // What failed work still has in hand must not be sent behind its rollback.
    if (this.#isOver) return Promise.reject(isOver());
    const held = this.#held;
    if (held === null || (held.length === 0 && onlyReads.test(text))) return this.#say(text, values);
    return new Promise((resolve) => held.push(() => resolve(this.#say(text, values))));
  }

  /** `ask` of what answers nothing that anybody looks at. Where it fails, the transaction does: at the latest its commit. */
  tell(text: string, values: readonly unknown[]): Answer {
    this.ask(text, values).catch(() => undefined);
    return nothing;
  }

  /** Of one that only read, nobody waits for the end. */
  async commit(): Promise<void> {
    const isNothingHeld = this.#held === null || this.#held.length === 0;
    const committed = isNothingHeld ? this.#say('commit', []) : this.ask('commit', []);
    this.#isOver = true;
    if (this.#isReading && isNothingHeld) committed.catch(() => undefined);
    else await committed;
  }

  /** Whether the connection is still good. What is held is never sent. */
  async rollback(): Promise<boolean> {
    this.#isOver = true;
    this.#failure ??= { thrown: isOver() };
    return this.#client.query('rollback', []).then(
      () => true,
      () => false,
    );
  }

  /** Answers come in the order in which was asked. */
  async #say(text: string, values: readonly unknown[]): Promise<Answer> {
    if (this.#failure !== null) throw this.#failure.thrown;
    try {
      const answer = await this.#client.query(text, values);
      if (this.#failure === null) return answer;
    } catch (thrown) {
      this.#failure ??= { thrown };
    }
    throw this.#failure.thrown;
  }
}

const isOver = (): Error => new Error('This transaction is over.');
