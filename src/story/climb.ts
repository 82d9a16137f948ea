import type { PromotionView } from '../client/index.ts';
import { mergeRelease } from './commits.ts';
import type { Stage } from './stage.ts';

/** A release is merged, built, deployed to dev, follows into test, and is promoted to staging by a person. */
export async function climbToStaging(stage: Stage, version: string): Promise<void> {
  const { teller } = stage;
  await teller.step(`${version} is merged into develop, built, and in dev by itself`, async () => {
    await mergeRelease(stage.props, version);
    await stage.until(`${version} in dev`, async () => (await stage.runs('dev')) === version);
  });
  await teller.step(`${version} follows into test by itself, behind its smoke tests`, () =>
    stage.until(`${version} in test`, async () => (await stage.runs('test')) === version),
  );
  await teller.step(`Ada promotes it to staging, Eli looks at it there and says so`, async () => {
    await stage.promote('ada', version, 'staging');
    await stage.until(`${version} in staging`, async () => (await stage.runs('staging')) === version);
    await stage.validate('eli', 'staging');
  });
}

/** Asked for by one person and approved by two others with two roles between them, as soon as it has soaked. */
export async function askForProd(stage: Stage, version: string): Promise<void> {
  const asked = await stage.teller.step(
    `Ada asks for ${version} in prod: it waits for two people, with two roles between them`,
    () => stage.promote('ada', version, 'prod'),
  );
  for (const blocker of asked.admission.blockers) stage.teller.aside(blocker.reason);
  await stage.teller.step('Bo (DevOps lead) and Cy (QA lead) approve the plan', () => approve(stage, asked));
}

async function approve(stage: Stage, asked: PromotionView): Promise<void> {
  await stage.approve('bo', asked);
  await stage.approve('cy', asked);
}

/** The rollout that began in prod, once a phase is reached. */
export function prodReaches(stage: Stage, ...phases: readonly string[]): Promise<{ readonly id: string }> {
  return stage.until(`prod in ${phases.join(' or ')}`, async () => {
    const rollout = await stage.liveRollout('prod');
    return rollout !== null && phases.includes(rollout.state.phase) ? rollout : null;
  });
}
