import type { Cli } from '../cli.ts';
import { eventLine } from '../render/event.ts';
import { printable } from '../render/printable.ts';
import { rolloutLine } from '../render/rollout-line.ts';
import { rolloutLines } from '../render/rollout.ts';
import type { EventView, RolloutView } from '../rung-client.ts';
import { openScreen } from './screen.ts';

/** Where a watched rollout is shown: drawn in place on a terminal, in lines elsewhere, as JSON Lines for programs. */
export interface WatchView extends Disposable {
  figures(rollout: RolloutView): void;
  event(event: EventView): void;
}

export function openView(cli: Cli, json: boolean): WatchView {
  if (json) return jsonView(cli);
  return cli.stdout.isTTY === true && cli.env['TERM'] !== 'dumb' ? liveView(cli) : lineView(cli);
}

const jsonView = (cli: Cli): WatchView => ({
  figures: (rollout) => cli.print([JSON.stringify({ kind: 'figures', rollout })]),
  event: (event) => cli.print([JSON.stringify({ kind: 'event', event })]),
  [Symbol.dispose]: () => {},
});

const redrawMs = 1000;

/** Redrawn each second as well, for the times in it go on between two figures. */
function liveView(cli: Cli): WatchView {
  const screen = openScreen(cli.stdout);
  let latest: RolloutView | null = null;
  const draw = (): void => {
    if (latest !== null) screen.draw(['', ...rolloutLines(printable(latest), cli.look()), '']);
  };
  const ticking = cli.clock.every(redrawMs, draw);
  return {
    figures: (rollout) => {
      latest = rollout;
      draw();
    },
    event: (event) => screen.keep([eventLine(printable(event), cli.look())]),
    [Symbol.dispose]: () => {
      ticking[Symbol.dispose]();
      draw();
      screen[Symbol.dispose]();
    },
  };
}

const quietMs = 10_000;

/** A line when the phase or the weight changes, and at most every ten seconds between. */
function lineView(cli: Cli): WatchView {
  let said = '';
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    figures: (rollout) => {
      const now = cli.clock.monotonicMs();
      const standing = `${rollout.state.phase} ${String(rollout.effectivePercent)}`;
      if (standing === said && now - saidAt < quietMs) return;
      said = standing;
      saidAt = now;
      cli.print([rolloutLine(printable(rollout), cli.look())]);
    },
    event: (event) => cli.print([eventLine(printable(event), cli.look())]),
    [Symbol.dispose]: () => {},
  };
}
