import { agentCallers, agentCallerNames, agentVerdict } from '../src/api/agents/access.ts';
import { describeAgentCalls } from '../src/api/agents/listener.ts';
import { describeAccess } from '../src/api/description.ts';
import { callerKinds, callers, verdictOf } from '../src/api/verdict.ts';
import { silentLog } from '../src/domain/log.ts';
import { systemClock } from '../src/engine/clock.ts';
import type { AgentFace } from '../src/lifecycle/agent-face.ts';

export const permissionsPage = 'docs/reference/permissions.md';

/** Nobody calls it: the routes are only looked at. */
export const unaskedFace = { audience: '' } as unknown as AgentFace;

/** Who may do what, out of what each route says itself. */
export async function permissionsText(): Promise<string> {
  const routes = await describeAccess(systemClock);
  const calls = describeAgentCalls({ face: unaskedFace, clock: systemClock, log: silentLog });
  return [
    '# Who may do what',
    '',
    'Made by `scripts/generate-permissions.ts` out of what each route in `src/api` says of itself; do not edit it by hand.',
    '`npm run test:attack` tries every cell over HTTP.',
    '',
    '✓ is let in. Anything else is the code of the [failure](failures/README.md) it is refused with. Whoever is let in may still be',
    'refused for what they ask for: `rung why` says so of a promotion.',
    '',
    '## People, CI and programs',
    '',
    ...legend(callers),
    '',
    ...table(
      callerKinds,
      routes.map(({ method, path, access }) =>
        [`\`${method} ${shortened(path)}\``].concat(callerKinds.map((kind) => cell(verdictOf(access, kind)))),
      ),
    ),
    '',
    '`…` is `/api/v1/projects/PROJECT`. `/metrics` answers to this machine alone, and `HEAD` is what `GET` is.',
    '',
    '## Agents',
    '',
    'An agent reaches the control plane by a socket of its own, where nobody else can call. Each call carries a token that is signed for',
    'that call alone.',
    '',
    ...legend(agentCallers),
    '',
    ...table(
      agentCallerNames,
      calls.map((call) =>
        [`\`${call.method} ${call.path}\``].concat(
          agentCallerNames.map((caller) => cell(agentVerdict(call, caller))),
        ),
      ),
    ),
    '',
  ].join('\n');
}

const legend = (words: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(words).map(([word, means]) => `- **${word}**: ${means}`);

const shortened = (path: string): string => path.replace('/api/v1/projects/:project', '…');

const cell = (verdict: string): string => (verdict === 'allowed' ? '✓' : verdict);

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [['', ...columns], ['', ...columns].map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
