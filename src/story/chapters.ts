import { answerOf, type ReleaseView } from '../client/index.ts';
import { isFailure } from '../domain/failure.ts';
import { askForProd, climbToStaging, prodReaches } from './climb.ts';
import { openClone } from './commits.ts';
import type { Seen, Shoppers } from './shoppers.ts';
import { holds, type Stage } from './stage.ts';

/** What the chapters hand on to each other. */
export interface Playing {
  readonly stage: Stage;
  /** Clients of both services in prod, once something serves there. */
  shoppers: Readonly<Record<string, Shoppers>>;
  readonly openShop: () => Promise<Readonly<Record<string, Shoppers>>>;
}

export async function fourEnvironments({ stage }: Playing): Promise<void> {
  const { teller } = stage;
  teller.chapter('1  Four environments, each with an agent and a key of its own');
  const isolation = await teller.step(
    'dev, test, staging and prod are declared, and their agents have reported',
    () =>
      stage.until('all agents', async () => {
        const { environments } = await stage.board();
        const told = environments.map((one) => one.isolation);
        return told.every((one) => one !== null) ? told[0] : null;
      }),
  );
  teller.aside(isolation.detail);
}

export async function firstReleases(playing: Playing): Promise<void> {
  const { stage } = playing;
  stage.teller.chapter('2  A merge becomes a release and climbs');
  await openClone(stage.props);
  await climbToStaging(stage, '1.0.0');
  await askForProd(stage, '1.0.0');
  await stage.teller.step('1.0.0 goes into prod all at once: there is nothing to fall back to', () =>
    stage.until('1.0.0 in prod', async () => (await stage.runs('prod')) === '1.0.0'),
  );
  playing.shoppers = await stage.teller.step('Real clients begin to shop in prod', () => playing.openShop());
  await climbToStaging(stage, '1.1.0');
  await askForProd(stage, '1.1.0');
  await stage.teller.step('1.1.0 takes 10 % of the real traffic', () =>
    prodReaches(stage, 'canary', 'promoting', 'watching'),
  );
  await stage.teller.step('On its evidence it is promoted to 100 %, and watched', () =>
    stage.until('1.1.0 watched', async () => {
      const rollout = await stage.liveRollout('prod');
      return rollout?.state.phase === 'watching' || (await stage.runs('prod')) === '1.1.0';
    }),
  );
  await stage.teller.step('The watch ends well: prod runs 1.1.0', () =>
    stage.until('1.1.0 in prod', async () => (await stage.runs('prod')) === '1.1.0'),
  );
  needNothingLost(playing, 'while 1.1.0 was rolled out');
}

export async function nobodySkips({ stage }: Playing): Promise<void> {
  const { teller } = stage;
  teller.chapter('3  Nobody skips an environment');
  await teller.step('1.2.0 is merged, and runs in test', async () => {
    const { mergeRelease } = await import('./commits.ts');
    await mergeRelease(stage.props, '1.2.0');
    await stage.until('1.2.0 in test', async () => (await stage.runs('test')) === '1.2.0');
  });
  const blockers = await teller.step(
    'Ada asks for 1.2.0 in prod, past staging: refused, with all that is in the way',
    async () => {
      const refused = await stage.promote('ada', '1.2.0', 'prod').then(
        () => null,
        (thrown: unknown) => thrown,
      );
      holds(
        isFailure(refused) && refused.code === 'promotion-refused',
        'The promotion that skips staging was not refused.',
      );
      const { blockers } = refused.facts['admission'] as {
        readonly blockers: readonly { readonly kind: string; readonly reason: string }[];
      };
      holds(blockers.length > 1 && blockers[0]?.kind === 'order', 'Not every blocker was named.');
      return blockers;
    },
  );
  for (const { reason } of blockers) teller.aside(reason);
}

export async function takenBack(playing: Playing): Promise<void> {
  const { stage } = playing;
  const { teller } = stage;
  teller.chapter('4  A bad release is taken back while nobody watches');
  await teller.step('1.2.0 looks well in staging, too: its fault shows with real baskets alone', async () => {
    await stage.promote('ada', '1.2.0', 'staging');
    await stage.until('1.2.0 in staging', async () => (await stage.runs('staging')) === '1.2.0');
    await stage.validate('eli', 'staging');
  });
  await askForProd(stage, '1.2.0');
  await teller.step('1.2.0 takes 10 % of the real traffic', () =>
    stage.until('1.2.0 in prod', async () => {
      const rollout = await stage.liveRollout('prod');
      return rollout === null ? markOf(stage, '1.2.0') : rollout.state.phase !== 'preflight';
    }),
  );
  const mark = await teller.step('It is taken back by itself', () =>
    stage.until('the mark of 1.2.0', async () =>
      (await stage.liveRollout('prod')) === null ? markOf(stage, '1.2.0') : null,
    ),
  );
  teller.aside(mark.reason);
  const seen = playing.shoppers['orders']?.take();
  await teller.step('Clients of the stable version saw nothing of it', async () => {
    holds(seen !== undefined && (seen.answers['1.1.0']?.bad ?? 0) === 0, 'Clients of 1.1.0 saw errors.');
    holds(seen.lost === 0, `${seen.lost} requests got no answer.`);
    holds((seen.answers['1.2.0']?.bad ?? 0) > 0, 'The fault of 1.2.0 was never met, so nothing was shown.');
    holds((await stage.runs('prod')) === '1.1.0', 'prod does not run 1.1.0.');
  });
  teller.aside(seenText(seen));
  await teller.step('It is marked: nothing tries it again until a person says so', async () => {
    const again = await stage.promote('ada', '1.2.0', 'prod').then(
      () => null,
      (thrown: unknown) => thrown,
    );
    holds(isFailure(again) && again.message.includes('taken back'), '1.2.0 could be asked for again.');
  });
}

async function markOf(stage: Stage, release: string): Promise<ReleaseView['mark']> {
  const path = { project: stage.props.project, release };
  const call = stage.as('ada').GET('/api/v1/projects/{project}/releases/{release}', { params: { path } });
  return (await answerOf(call)).mark;
}

function seenText(seen: Seen | undefined): string {
  const parts = Object.entries(seen?.answers ?? {}).map(
    ([version, { good, bad }]) => `${version}: ${good} good, ${bad} bad`,
  );
  return `orders, as its clients saw it: ${parts.join('; ')}`;
}

/** Requests in flight on what was itself killed are all that may be lost; here nothing was killed. */
function needNothingLost({ shoppers }: Playing, when: string): void {
  for (const [service, one] of Object.entries(shoppers)) {
    const { answers, lost } = one.take();
    const bad = Object.values(answers).reduce((sum, { bad }) => sum + bad, 0);
    holds(
      bad === 0 && lost === 0,
      `Clients of ${service} saw ${bad} errors and lost ${lost} requests ${when}.`,
    );
  }
}
