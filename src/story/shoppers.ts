import { Agent, type IncomingMessage, request } from 'node:http';
import type { Clock } from '../engine/clock.ts';

/** What clients saw of one service, by the version that answered; `none` where no answer came. */
export interface Seen {
  readonly answers: Readonly<Record<string, { readonly good: number; readonly bad: number }>>;
  readonly lost: number;
}

export interface Shoppers extends Disposable {
  /** What was seen since the last call. */
  take(): Seen;
  /** Resolves once so many answers came since now. */
  afterAnswers(count: number): Promise<void>;
}

/** What one request came to. */
export interface Outcome {
  /** Who answered; null where nobody did. */
  readonly version: string | null;
  readonly isGood: boolean;
}

interface Tally {
  good: number;
  bad: number;
}

/**
 * Real clients: requests at a steady pace with something in the basket, each on its own and none ever repeated.
 * `lost` are requests that got no answer at all. `counts` is asked of each what it came to.
 */
export function sendShoppers(
  url: string,
  perSecond: number,
  clock: Clock,
  counts: (outcome: Outcome) => boolean = () => true,
): Shoppers {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let tallies = new Map<string, Tally>();
  let lost = 0;
  let answers = 0;
  let isClosed = false;
  const waiting = new Set<{ readonly at: number; readonly resolve: () => void }>();
  const everyMs = 20;
  let owed = 0;

  const count = (version: string, isGood: boolean): void => {
    if (!counts({ version, isGood })) return;
    const tally = tallies.get(version) ?? { good: 0, bad: 0 };
    tally[isGood ? 'good' : 'bad'] += 1;
    tallies.set(version, tally);
    answers += 1;
    for (const one of waiting)
      if (answers >= one.at) {
        waiting.delete(one);
        one.resolve();
      }
  };
  const shop = (): void => {
    const asking = request(url, {
      agent,
      headers: { cookie: 'basket=3', connection: 'keep-alive' },
      timeout: 5000,
    });
    asking.on(
      'response',
      (response) =>
        void readVersion(response).then((version) => count(version, (response.statusCode ?? 500) < 500)),
    );
    asking.on('timeout', () => asking.destroy(new Error('no answer')));
    asking.on('error', () => {
      if (!isClosed && counts({ version: null, isGood: false })) lost += 1;
    });
    asking.end();
  };
  let lastMs = clock.monotonicMs();
  const pace = clock.every(everyMs, () => {
    const nowMs = clock.monotonicMs();
    owed = Math.min(owed + ((nowMs - lastMs) * perSecond) / 1000, perSecond);
    lastMs = nowMs;
    for (; owed >= 1; owed -= 1) shop();
  });
  return {
    take: () => {
      const seen = { answers: Object.fromEntries(tallies), lost };
      tallies = new Map();
      lost = 0;
      return seen;
    },
    afterAnswers: (more) => new Promise((resolve) => waiting.add({ at: answers + more, resolve })),
    [Symbol.dispose]: () => {
      isClosed = true;
      pace[Symbol.dispose]();
      agent.destroy();
    },
  };
}

async function readVersion(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const piece of response) text += String(piece).slice(0, 4096);
    return (JSON.parse(text) as { version?: string }).version ?? 'gateway';
  } catch {
    return 'gateway';
  }
}
