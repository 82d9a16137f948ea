import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerOf } from '../client/index.ts';
import type { Playing } from './chapters.ts';
import { holds, type Stage } from './stage.ts';
import { rewriteChain } from './rewrite-chain.ts';

export interface Evidence {
  /** A folder for the export and its forgeries. */
  readonly folder: string;
  readonly pinnedKeys: string;
  /** The control plane's own signing key, private half: what a dishonest control plane would have. */
  readonly controlKey: string;
}

export async function rollBackByHand({ stage }: Playing): Promise<void> {
  stage.teller.chapter('6  Back by hand, and proof of all of it');
  await stage.teller.step('Bo rolls orders back to 1.1.0, with a reason; web stays', async () => {
    const params = { path: { project: stage.props.project, name: 'prod' } };
    const body = { to: '1.1.0', services: ['orders'], reason: 'a customer reports wrong totals' };
    await answerOf(
      stage.as('bo').POST('/api/v1/projects/{project}/environments/{name}/rollback', { params, body }),
    );
    await stage.until('orders back', async () => {
      const { services, rollout } = await stage.environment('prod');
      const versions = Object.fromEntries(
        Array.from(services).map((one) => [one.service, one.stable?.version]),
      );
      return rollout === null && versions['orders'] === '1.1.0' && versions['web'] === '1.3.0';
    });
  });
}

export async function proveIt({ stage }: Playing, evidence: Evidence): Promise<void> {
  const { teller } = stage;
  const log = await stage.props.cli('log', '--limit', '200');
  await teller.step('rung log shows all of it', async () => {
    for (const word of ['taken back', 'judge lost', 'approved', 'was refused', 'wrong totals'])
      holds(log.output.includes(word), `The log does not tell of "${word}".`);
  });
  const at = (name: string): string => join(evidence.folder, name);
  const verify = (file: string) =>
    stage.props.cli('audit', 'verify', file, '--heads', at('heads.jsonl'), '--keys', evidence.pinnedKeys);
  await teller.step(
    'rung audit verify proves an export unaltered, offline, with the agents’ heads',
    async () => {
      await stage.until('heads of the agents', async () => {
        await exportLog(stage, at('log.jsonl'));
        await stage.props.cli('audit', 'heads', '--output', at('heads.jsonl'));
        return (await verify(at('log.jsonl'))).code === 0;
      });
    },
  );
  const lines = (await readFile(at('log.jsonl'), 'utf8')).trimEnd().split('\n');
  const forgeries = {
    'one row changed': changeOneRow(lines),
    'a tail cut off': lines.slice(0, -Math.ceil(lines.length / 3)),
    'the chain rewritten with the control plane’s own key': rewriteChain(lines, evidence.controlKey),
  };
  for (const [what, forged] of Object.entries(forgeries)) {
    const place = await teller.step(`It fails for ${what}, and names the place`, async () => {
      await writeFile(at('forged.jsonl'), `${forged.join('\n')}\n`);
      const { code, output } = await verify(at('forged.jsonl'));
      holds(code !== 0, 'The forgery was taken for the real log.');
      return output;
    });
    teller.aside(placeIn(place));
  }
}

async function exportLog(stage: Stage, file: string): Promise<void> {
  const { code, output } = await stage.props.cli('audit', 'export', '--output', file);
  holds(code === 0, output);
}

function changeOneRow(lines: readonly string[]): readonly string[] {
  const row = Math.floor(lines.length / 2);
  return lines.map((line, index) => (index === row ? line.replace('"message":"', '"message":"not ') : line));
}

const placeIn = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /position|line/u.test(line)) ?? '';
