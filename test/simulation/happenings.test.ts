import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createSimulator } from '../../src/simulate/index.ts';

const rules = readFileSync(new URL('../../examples/ladder/scenarios/rung.yaml', import.meta.url));

async function toldOf(happens: string): Promise<readonly string[]> {
  const scenario = `scenario: 1\ntitle: Twice at once\nto: prod\ntraffic: 20/s\nhappens:\n${happens}`;
  const play = createSimulator(rules, 'rung.yaml').read(Buffer.from(scenario), 'twice.yaml');
  const { timeline } = await play();
  return timeline
    .filter(({ kind }) => kind === 'happening')
    .map(({ atMs, message }) => `${Math.round(atMs / 60_000)} min: ${message}`);
}

it('lets an agent come back when the last of what keeps it away is over', async () => {
  const told = await toldOf(`
  - { at: 1m, agent: stopped, for: 20m }
  - { at: 2m, agent: killed, for: 1m }
  - { at: 30m, agent: stopped, for: 1m }
`);
  expect(told).toEqual([
    '1 min: The agent stands still',
    '2 min: The agent is killed',
    '21 min: The agent is started anew',
    '30 min: The agent stands still',
    '31 min: The agent is let go on',
  ]);
});

it('lets the control plane come back when the last of what keeps it away is over', async () => {
  const told = await toldOf(`
  - { at: 1m, control-plane: away, for: 2m }
  - { at: 2m, control-plane: away, for: 10m }
`);
  expect(told).toEqual([
    '1 min: The control plane is away',
    '2 min: The control plane is away',
    '12 min: The control plane is back',
  ]);
});
