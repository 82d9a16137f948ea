import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { answerOf, type RolloutView } from '../../src/client/index.ts';
import { exitCodeOf, isFailure } from '../../src/domain/failure.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { dataFolder } from '../../src/main/data-folder.ts';
import { controlKey } from '../../src/main/keys.ts';
import { recordFile } from '../../src/protocol/process-record.ts';
import { type Evidence, type Props, type Teller, createTeller, tellStory } from '../../src/story/index.ts';
import { ClientLosses, type Hurt } from './client-losses.ts';
import type { Fate } from './kill-plan.ts';
import type { Kills } from './kills.ts';
import { patientFetch } from './patient-fetch.ts';
import { Rung, until } from './rung.ts';

const example = join(import.meta.dirname, '../../examples/ladder');
const patienceMs = 120_000;
/** The chapter in which the story kills by itself, to show what a lease is: from the first of these steps to the last. */
const spareFrom = 'Ada asks for 1.3.0 in prod';
const spareUntil = 'Cy resumes it';

export interface Told {
  readonly steps: number;
  readonly seconds: number;
  readonly fates: readonly Fate[];
  /** Why a rollout was held that a person resumed, of each. */
  readonly resumed: readonly string[];
  readonly hurts: readonly Hurt[];
  readonly troubles: readonly string[];
}

/** Tells the story once, on fresh data, while programs are killed. */
export async function tellIn(kills: Kills, say: (line: string) => void): Promise<Told> {
  const losses = new ClientLosses();
  const troubles: string[] = [];
  const files = { 'rung.yaml': await readFile(join(example, 'rung.yaml'), 'utf8') };
  await using rung = await Rung.start({ files });
  const stop = new AbortController();
  const teller = sparing(
    rung,
    kills,
    createTeller({ write: (text) => say(text.trimEnd()) }, systemClock, false),
  );
  const resuming = resumeWhatIsHeld(rung, kills, stop.signal);
  try {
    const props = await propsOf(rung, losses, stop.signal);
    kills.begin(rung, (victim) => losses.expect(victim));
    await tellStory(props, await evidenceOf(rung), teller);
  } catch (thrown) {
    const { output } = await rung.cli('log', '--limit', '15');
    troubles.push(output, isFailure(thrown) ? `${thrown.message} ${inspect(thrown.cause)}` : inspect(thrown));
  }
  troubles.push(...(await kills.end()));
  stop.abort();
  const { unexplained } = losses;
  if (unexplained.length > 0)
    troubles.push(`${unexplained.length} requests failed for no reason, the first: ${unexplained[0]}`);
  troubles.push(...(await leftRunning(rung)));
  return {
    steps: teller.steps,
    seconds: teller.seconds,
    fates: kills.fates,
    resumed: await resuming,
    hurts: losses.hurts,
    troubles,
  };
}

async function leftRunning(rung: Rung): Promise<readonly string[]> {
  rung.ups.at(-1)?.process.kill('SIGINT');
  await rung.ups.at(-1)?.ended;
  return (await rung.leftovers()).map((line) => `left running: ${line}`);
}

async function propsOf(rung: Rung, losses: ClientLosses, signal: AbortSignal): Promise<Props> {
  const { url, project } = await rung.address();
  const token = await readFile(join(rung.data, 'control', 'cli-token'), 'utf8');
  return {
    url,
    project,
    token: token.trim(),
    pidOf: (program) => livingPid(recordFile(join(rung.data, 'run'), program)),
    repository: join(rung.data, 'repository.git'),
    clone: rung.clone,
    example,
    cli: (...args) => typed(rung, args),
    clock: systemClock,
    signal,
    patienceMs,
    fetch: patientFetch,
    counts: (service, outcome) => losses.counts(service, outcome),
  };
}

function livingPid(file: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number };
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** A command is typed again when it says that nobody answers. */
const typed = (rung: Rung, args: readonly string[]): ReturnType<Props['cli']> =>
  until(`rung ${args.join(' ')}`, async () => {
    const said = await (args.includes('verify') ? rung.typed(args) : rung.cli(...args));
    return said.code === exitCodeOf('unavailable') ? null : said;
  });

async function evidenceOf(rung: Rung): Promise<Evidence> {
  const folder = join(rung.folder, 'proof');
  await mkdir(folder);
  const { privateKey } = await controlKey(dataFolder(rung.data));
  return { folder, pinnedKeys: join(rung.clone, 'rung.keys.yaml'), controlKey: privateKey };
}

/** Where the story kills by itself, it begins with everything in place, and is about what it kills. */
function sparing(rung: Rung, kills: Kills, teller: Teller): Teller {
  return {
    chapter: (title) => teller.chapter(title),
    aside: (line) => teller.aside(line),
    step: async (what, work) => {
      if (what.startsWith(spareFrom)) {
        kills.spareJudges = true;
        await everythingRuns(rung);
      }
      const came = await teller.step(what, () => kills.during(what, work));
      if (what.startsWith(spareUntil)) kills.spareJudges = false;
      return came;
    },
    get steps() {
      return teller.steps;
    },
    get seconds() {
      return teller.seconds;
    },
  };
}

const programs = ['control-plane', 'agent-prod', 'postgres'];

const everythingRuns = (rung: Rung): Promise<boolean> =>
  until('everything to run again', async () => {
    const running = await rung.programs();
    const { agent } = await rung.environment('prod');
    return programs.every((name) => running[name] !== undefined) && !agent.silent;
  });

/**
 * As somebody on call does, who looks and finds that nothing is wrong with the release: its judge was killed, or the
 * machine is busy with other things and all answers are slow. The story itself lets one be held, and resumes it.
 */
async function resumeWhatIsHeld(rung: Rung, kills: Kills, signal: AbortSignal): Promise<readonly string[]> {
  const reasons: string[] = [];
  while (!signal.aborted) {
    await systemClock.sleep(500, signal).catch(() => undefined);
    if (!kills.spareJudges) reasons.push(...(await resumeOnce(rung).catch(() => [])));
  }
  return reasons;
}

async function resumeOnce(rung: Rung): Promise<readonly string[]> {
  const { project } = await rung.address();
  for (const { id, state } of (await rung.board()).rollouts) {
    const why = state.phase === 'held' ? noFaultOf(state.reason) : null;
    if (why === null) continue;
    const params = { path: { project, id } };
    const body = { note: 'looked at it: the programs are back' };
    const client = await rung.as('cy');
    await answerOf(client.POST('/api/v1/projects/{project}/rollouts/{id}/resume', { params, body }));
    return [why];
  }
  return [];
}

type HoldReason = Extract<RolloutView['state'], { readonly phase: 'held' }>['reason'];

/** Why it was held, where that says nothing of the release; null where it does. */
const noFaultOf = (reason: HoldReason): string | null => {
  if (reason.kind === 'rule') return reason.rule === 'latency' ? 'slow answers' : null;
  return reason.kind === 'person' ? null : reason.kind;
};
