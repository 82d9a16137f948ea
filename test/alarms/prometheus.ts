import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { post, type Served, serve } from './programs.ts';

export interface RuleMade {
  readonly name: string;
  readonly summary: string;
  readonly environment: string;
  /** It has to hold for so long before it fires. */
  readonly for?: string;
}

const config = `
global: { evaluation_interval: 1s }
rule_files: [rules.json]
`;

/** JSON is YAML, and needs no care with quotes. */
const rulesText = (rules: readonly RuleMade[]): string =>
  JSON.stringify({
    groups: [
      {
        name: 'made',
        rules: rules.map((one) => ({
          alert: one.name,
          expr: 'vector(1)',
          ...(one.for !== undefined && { for: one.for }),
          labels: { env: one.environment },
          annotations: { summary: one.summary },
        })),
      },
    ],
  });

const writeRules = (folder: string, rules: readonly RuleMade[]): Promise<void> =>
  writeFile(join(folder, 'rules.json'), rulesText(rules));

/** A Prometheus that scrapes nothing and whose rules always hold. */
export const servePrometheus = (): Promise<Served> =>
  serve(
    'prometheus',
    (listen, folder) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--web.enable-lifecycle',
    ],
    async (folder) => {
      await writeFile(join(folder, 'prometheus.yml'), config);
      await writeRules(folder, []);
    },
  );

export async function ruleThat({ url, folder }: Served, rules: readonly RuleMade[]): Promise<void> {
  await writeRules(folder, rules);
  await post(`${url}/-/reload`);
}
