import { describe, expect, it } from 'vitest';
import { describeAccess } from '../../src/api/description.ts';
import { callerKinds, type CallerKind, verdictOf } from '../../src/api/verdict.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { proofs } from './callers.ts';
import { examples, sampleOf } from './examples.ts';
import { callSample, type Sample } from './examples/sample.ts';
import { openWorld, type World } from './world.ts';

const routes = (await describeAccess(systemClock)).map(({ id, method, path, access }) => ({
  method,
  access,
  name: id ?? `${method} ${path}`,
}));

/** `allowed` where it was done, else the code of the failure. */
async function outcomeOf(
  { stage: { api }, project }: World,
  method: string,
  sample: Sample,
  proof: Readonly<Record<string, string>>,
): Promise<string> {
  const headers = { origin: api.address, ...proof };
  const response = await callSample(api.address, project, method, sample, headers);
  if (response.ok) {
    // A stream of events would go on for ever.
    await response.body?.cancel();
    return 'allowed';
  }
  return ((await response.json()) as { code: string }).code;
}

describe('who may do what, tried over HTTP', () => {
  it('has an example of every route, and none of what is no route', () => {
    expect(Object.keys(examples).toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  });

  it.each(routes)('holds for $name', async ({ name, method, access }) => {
    const world = await openWorld();
    const sample = await sampleOf(name, world);
    const outcomes: [CallerKind, string][] = [];
    for (const kind of callerKinds) {
      // What is done once may be in the way of the next: whoever is to be let in finds a world of their own.
      const isDone = method !== 'GET' && verdictOf(access, kind) === 'allowed';
      const own = isDone ? await openWorld() : world;
      const asked = isDone ? await sampleOf(name, own) : sample;
      outcomes.push([kind, await outcomeOf(own, method, asked, await proofs[kind](own))]);
    }
    expect(outcomes).toEqual(callerKinds.map((kind) => [kind, verdictOf(access, kind)]));
  });
});
