import {
  answerOf,
  type BoardView,
  type Client,
  createClient,
  type EnvironmentView,
  followEvents,
  type PromotionView,
  type RolloutView,
} from '../client/index.ts';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import type { Outcome } from './shoppers.ts';
import type { Teller } from './teller.ts';

const lookAgainMs = 200;

/** What the story is played with; whoever starts it hands it in. */
export interface Props {
  readonly url: string;
  readonly project: string;
  /** Of the owner of this machine, who may act as any member. */
  readonly token: string;
  /** Process id of a program that the supervisor keeps running. */
  pidOf(program: string): number | null;
  /** The bare repository that people push to. */
  readonly repository: string;
  /** Where the story's own clone lies. */
  readonly clone: string;
  /** Folder of the example project. */
  readonly example: string;
  /** Runs the command line as a person would, and answers with its output and exit code. */
  cli(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a step may take; left out: half a minute. */
  readonly patienceMs?: number;
  /** How the API is reached; left out: as everybody does. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Of what clients in prod meet, what counts; left out: all of it. */
  readonly counts?: (service: string, outcome: Outcome) => boolean;
}

/** The story's view of the control plane: the same API as everybody's, followed by events. */
export class Stage implements AsyncDisposable {
  readonly props: Props;
  readonly teller: Teller;
  readonly #closing = new AbortController();
  readonly #following: Promise<void>;
  #news = Promise.withResolvers<void>();

  constructor(props: Props, teller: Teller) {
    this.props = props;
    this.teller = teller;
    this.#following = this.#follow();
  }

  /** The API as a member of the project sees it. */
  as(member: string): Client {
    const { url, token, fetch } = this.props;
    const actAs = `${member}@example.org`;
    return createClient({ baseUrl: url, token, actAs, ...(fetch === undefined ? {} : { fetch }) });
  }

  board(): Promise<BoardView> {
    return seen(
      this.as('ada').GET('/api/v1/projects/{project}/board', {
        params: { path: { project: this.props.project } },
      }),
    );
  }

  async environment(name: string): Promise<EnvironmentView> {
    const path = { project: this.props.project, name };
    return seen(this.as('ada').GET('/api/v1/projects/{project}/environments/{name}', { params: { path } }));
  }

  async runs(name: string): Promise<string | undefined> {
    return (await this.environment(name)).release?.version;
  }

  /** The rollout that is live in an environment. */
  async liveRollout(name: string): Promise<RolloutView | null> {
    const { rollout } = await this.environment(name);
    return rollout === null ? null : this.rollout(rollout);
  }

  rollout(id: string): Promise<RolloutView> {
    const path = { project: this.props.project, id };
    return seen(this.as('ada').GET('/api/v1/projects/{project}/rollouts/{id}', { params: { path } }));
  }

  promote(member: string, release: string, to: string, reason = ''): Promise<PromotionView> {
    const params = { path: { project: this.props.project } };
    return seen(
      this.as(member).POST('/api/v1/projects/{project}/promotions', {
        params,
        body: { release, to, reason },
      }),
    );
  }

  approve(member: string, promotion: PromotionView): Promise<PromotionView> {
    const params = { path: { project: this.props.project, id: promotion.id } };
    const body = { planHash: promotion.plan.hash };
    return seen(this.as(member).POST('/api/v1/projects/{project}/promotions/{id}/approve', { params, body }));
  }

  async validate(member: string, name: string): Promise<void> {
    const params = { path: { project: this.props.project, name } };
    await this.as(member).POST('/api/v1/projects/{project}/environments/{name}/validation', {
      params,
      body: { note: 'looked at it' },
    });
  }

  /** Looks whenever there is news, until it holds. Throws unavailable `story-waited` when it does not in time. */
  async until<T>(
    what: string,
    look: () => Promise<T | null | undefined | false>,
    withinMs = this.props.patienceMs ?? 30_000,
  ): Promise<T> {
    const deadlineMs = this.props.clock.monotonicMs() + withinMs;
    for (;;) {
      this.props.signal.throwIfAborted();
      const found = await look().catch(passOver);
      if (found !== null && found !== undefined && found !== false) return found;
      if (this.props.clock.monotonicMs() > deadlineMs)
        throw new Failure(
          'unavailable',
          'story-waited',
          `Waited ${withinMs / 1000} s in vain for: ${what}.`,
          {
            wayOut: 'See what happened: rung log, and the logs in the data folder.',
          },
        );
      await this.#nextNews();
    }
  }

  /** The next event or figures; a moment at the most, for what no event tells of. */
  async #nextNews(): Promise<void> {
    using _late = this.props.clock.after(lookAgainMs, () => this.#news.resolve());
    await this.#news.promise;
    this.#news = Promise.withResolvers();
  }

  async #follow(): Promise<void> {
    const { project, clock } = this.props;
    try {
      for await (const _news of followEvents(this.as('ada'), project, {
        signal: this.#closing.signal,
        sleep: clock.sleep,
      }))
        this.#news.resolve();
    } catch {
      // Without the stream the story goes on by looking every moment.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#following;
  }
}

/** The client's types lose their lists' iterators on the way; what they describe is the same. */
const seen = async <View>(call: Promise<{ readonly data?: unknown }>): Promise<View> =>
  (await answerOf(call)) as View;

/** While the control plane is away there is nothing to see; everything else is worth telling. */
function passOver(thrown: unknown): null {
  if (thrown instanceof Failure && (thrown.kind === 'unavailable' || thrown.kind === 'interrupted'))
    return null;
  throw thrown;
}

/** What the story claims, or the reason why it is not so. */
export function holds(claim: boolean, otherwise: string): asserts claim {
  if (!claim) throw new Failure('conflict', 'story-broken', otherwise);
}
