import { type Client, createClient, followEvents } from '../../../src/client/index.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import type { RunningPlane } from './large-plane.ts';

/** Asks a control plane for promotions as people do, and hears of their ends as pages do. */
export class Promoting implements AsyncDisposable {
  readonly #client: Client;
  readonly #project: string;
  readonly #ending = new AbortController();
  readonly #waiting = new Map<string, () => void>();
  readonly #following: Promise<void>;

  constructor({ url, token, project }: RunningPlane) {
    this.#client = createClient({ baseUrl: url, token });
    this.#project = project;
    this.#following = this.#follow();
  }

  /** Resolves when the environment runs it, and it is settled. */
  async promote(release: string, to: string): Promise<void> {
    const succeeded = Promise.withResolvers<void>();
    this.#waiting.set(to, succeeded.resolve);
    const params = { path: { project: this.#project } };
    await this.#client.POST('/api/v1/projects/{project}/promotions', { params, body: { release, to } });
    await succeeded.promise;
  }

  /** Each of these releases into each of these environments: one after the other in each, and all environments at once. */
  async climb(releases: readonly string[], environments: readonly string[]): Promise<void> {
    await Promise.all(
      environments.map(async (to) => {
        for (const release of releases) await this.promote(release, to);
      }),
    );
  }

  async #follow(): Promise<void> {
    const options = { signal: this.#ending.signal, sleep: systemClock.sleep };
    for await (const news of followEvents(this.#client, this.#project, options))
      if (news.kind === 'event' && news.event.kind === 'promotion.succeeded')
        this.#waiting.get(news.event.environment ?? '')?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#following;
  }
}
