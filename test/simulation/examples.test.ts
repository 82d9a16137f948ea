import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/simulate/replay/compare.ts';
import { createSimulator } from '../../src/simulate/index.ts';

const examples = new URL('../../examples/', import.meta.url);
const scenarios = readdirSync(examples).flatMap((example) => {
  const folder = new URL(`${example}/scenarios/`, examples);
  return namesIn(folder).map((name) => ({ example, folder, name }));
});

function namesIn(folder: URL): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'rung.yaml');
  } catch {
    return [];
  }
}

/** The nearest, as the command line finds it. */
function projectFileOf(folder: URL): URL {
  const own = new URL('rung.yaml', folder);
  return existsSync(own) ? own : new URL('../rung.yaml', folder);
}

describe('the scenarios of the examples', () => {
  it.each(scenarios)('$example: $name ends as it says', async ({ folder, name }) => {
    const simulator = createSimulator(readFileSync(projectFileOf(folder)), 'rung.yaml');
    const played = await simulator.read(readFileSync(new URL(name, folder)), name)();
    expect(played.expectation, played.timeline.map(({ message }) => message).join('\n')).toEqual({
      held: true,
      misses: [],
    });
    if (played.recording?.policy == null) return;
    const again = compare(played.recording, played.recording.policy);
    expect(again.says.join(' '), JSON.stringify(again.replayed, null, 1)).toMatch(/^The same \d+ decisions/u);
  });
});
