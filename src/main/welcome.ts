import { waitingFileLines } from '../cli/render/rules.ts';
import type { Laptop } from './laptop.ts';
import type { WaitingRules } from './rules-waiting.ts';

/** What `rung up` says once all is up: where it is, what to do next, and what of the project file is not in force. */
export function welcome(
  { data, address, file, owner }: Pick<Laptop, 'data' | 'address' | 'file' | 'owner'>,
  link: string,
  waiting: readonly WaitingRules[],
): string {
  const environments = Object.entries(file.environments);
  const first = environments.find(([, spec]) => spec.source !== undefined);
  const push =
    first === undefined
      ? ''
      : `
  Bring in what you have:      git push ${data.repository} HEAD:${first[1].source ?? 'main'}`;
  return `
  ${file.project} is up: ${environments.map(([name]) => name).join(' → ')}
${notInForce(waiting)}
  The board (works once):      ${link}
  Another link, any time:      rung open
${push}
  How it stands:               rung status
  Who you are here:            ${owner} (this machine's Git says so)
  Address of the API:          ${address.url}

  Ctrl-C stops everything and keeps the data in ${data.root}
`;
}

const notInForce = (waiting: readonly WaitingRules[]): string =>
  waiting
    .map(({ environment, proposal }) => {
      const [what, command] = waitingFileLines(environment, proposal);
      return `
  Not in force for ${`${environment}:`.padEnd(12)}${what}
  Agree to it:                 ${command}
  What it would change:        rung rules show ${environment}
`;
    })
    .join('');
