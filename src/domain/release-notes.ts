import { readCommitMessage } from './conventional-commit.ts';
import type { NoteLine } from './release.ts';

const mostLines = 500;
const longestLine = 200;
const order: readonly NoteLine['kind'][] = ['breaking', 'feature', 'fix', 'other'];

/** Release notes from commits (REL-5): what breaks first, then features, fixes and the rest, each in the order given. */
export function notesOf(commits: readonly { readonly id: string; readonly message: string }[]): NoteLine[] {
  const lines = commits.flatMap(({ id, message }) => lineOf(id, message));
  return order.flatMap((kind) => lines.filter((line) => line.kind === kind)).slice(0, mostLines);
}

function lineOf(commit: string, message: string): readonly NoteLine[] {
  const { kind, breaking, scope, text } = readCommitMessage(message);
  if (text === '' || /^Merge (branch|pull request|remote)/.test(text)) return [];
  const full = scope === null ? text : `${scope}: ${text}`;
  const short = full.length > longestLine ? `${full.slice(0, longestLine - 3)}...` : full;
  return [{ kind: breaking ? 'breaking' : kind, text: short, commit }];
}
