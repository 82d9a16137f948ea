import { Failure } from '../../domain/failure.ts';
import { isLive } from '../../domain/rollout/types.ts';
import { isOpen } from '../../domain/promotion.ts';
import type { Cli } from '../cli.ts';
import { lostLine } from '../render/event.ts';
import { promotionTitle } from '../render/promotion.ts';
import { takeBackText } from '../render/rollout.ts';
import type { PromotionView, RolloutView, RungClient } from '../rung-client.ts';
import { patiently } from './patiently.ts';
import { openView, type WatchView } from './view.ts';

export interface WatchOptions {
  readonly json: boolean;
  /** Position in the log after which to begin. */
  readonly since: number;
}

/**
 * Shows a promotion from waiting to its end. Throws conflict `promotion-not-done` when it ends in any other way than
 * done, so that a script that waits for it learns it from the exit code.
 */
export async function watchPromotion(
  cli: Cli,
  client: RungClient,
  promotion: PromotionView,
  options: WatchOptions,
): Promise<void> {
  using view = openView(cli, options.json);
  let current = await patiently(cli, () => withFigures(client, view, promotion));
  if (isOpen(current))
    for await (const news of client.follow(options.since, cli.signal)) {
      if (news.kind === 'figures') {
        if (news.rollout.promotion === promotion.id) view.figures(news.rollout);
        continue;
      }
      if (news.kind === 'lost') {
        cli.note(lostLine(news));
        continue;
      }
      if (news.event.environment !== promotion.environment) continue;
      view.event(news.event);
      current = await patiently(cli, async () =>
        withFigures(client, view, await client.promotion(promotion.id)),
      );
      if (!isOpen(current)) break;
    }
  endOf(cli, current);
}

async function withFigures(
  client: RungClient,
  view: WatchView,
  promotion: PromotionView,
): Promise<PromotionView> {
  const { state } = promotion;
  if ('rollout' in state && state.rollout !== null) view.figures(await client.rollout(state.rollout));
  return promotion;
}

function endOf(cli: Cli, promotion: PromotionView): void {
  if (promotion.state.phase === 'succeeded') return;
  if (isOpen(promotion)) throw stoppedWatching(cli, promotion.environment);
  const reason = 'reason' in promotion.state ? `: ${promotion.state.reason}` : '';
  throw new Failure(
    'conflict',
    'promotion-not-done',
    `${promotionTitle(promotion)} ended as ${promotion.state.phase}${reason}`,
    { wayOut: `\`rung log --environment ${promotion.environment}\` shows how it came to that.` },
  );
}

/** Shows a rollout until it is over. Throws conflict `rollout-taken-back` when it did not go through. */
export async function watchRollout(
  cli: Cli,
  client: RungClient,
  rollout: RolloutView,
  options: WatchOptions,
): Promise<void> {
  using view = openView(cli, options.json);
  view.figures(rollout);
  let current = rollout;
  if (isLive(current.state))
    for await (const news of client.follow(options.since, cli.signal)) {
      if (news.kind === 'lost') {
        cli.note(lostLine(news));
        continue;
      }
      if (news.kind === 'figures') {
        if (news.rollout.id !== rollout.id) continue;
        current = news.rollout;
      } else {
        if (news.event.environment !== rollout.environment) continue;
        view.event(news.event);
        current = await patiently(cli, () => client.rollout(rollout.id));
      }
      view.figures(current);
      if (!isLive(current.state)) break;
    }
  rolloutEnd(cli, current);
}

function rolloutEnd(cli: Cli, rollout: RolloutView): void {
  const { state } = rollout;
  if (state.phase === 'succeeded' || state.phase === 'superseded') return;
  if (isLive(state)) throw stoppedWatching(cli, rollout.environment);
  const tookBack = state.phase === 'rolled back' || state.phase === 'rollback failed';
  const why = tookBack ? `: ${takeBackText(state.reason)}` : '';
  throw new Failure(
    'conflict',
    'rollout-taken-back',
    `${rollout.version} was taken back from ${rollout.environment}${why}`,
    {
      wayOut: `\`rung log --environment ${rollout.environment}\` shows the evidence.`,
    },
  );
}

const stoppedWatching = (cli: Cli, environment: string): Failure =>
  cli.signal.aborted
    ? new Failure('interrupted', 'watch-stopped', 'Stopped watching; the rollout itself goes on.', {
        wayOut: `\`rung watch ${environment}\` shows it again.`,
      })
    : new Failure('unavailable', 'stream-ended', 'The live stream ended before the rollout did.', {
        wayOut: `\`rung watch ${environment}\` connects again.`,
      });
