import { exitCodeOf, Failure } from '../../domain/failure.ts';
import { chapters, type Explanation, explainedCodes, explanationOf } from '../../domain/failures/index.ts';
import { nearestName } from '../../domain/project-file/nearest.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { happenedTo } from '../find/happened.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { isId } from '../find/promotion.ts';
import { contentsLines, explanationLines } from '../render/explanation.ts';
import { happenedLines } from '../render/happened.ts';

export default async function explain(cli: Cli, flags: ConnectionFlags, what?: string): Promise<void> {
  if (what === undefined) {
    cli.answer(flags, { chapters }, (view, look) => contentsLines(view.chapters, look));
    return;
  }
  if (isId(what)) {
    cli.answer(flags, await happenedTo(await connected(cli, flags), what), happenedLines);
    return;
  }
  const explanation = explanationMeant(what);
  const exitCodes = explanation.kinds.map(exitCodeOf);
  cli.answer(flags, { ...explanation, exitCodes }, explanationLines);
}

/** By its code, as it stands in a problem document, or by what people call it: a gate, a blocker, a few words. */
function explanationMeant(what: string): Explanation {
  const word = what
    .replace(/^urn:rung:failure:/u, '')
    .trim()
    .replaceAll(/\s+/gu, '-');
  const tried = [word, word.toLowerCase()].flatMap((one) => [one, `gate-${one}`, `blocked-${one}`]);
  const found = tried.map(explanationOf).find((one) => one !== null);
  if (found === undefined) throw unexplained(what, word.toLowerCase());
  return found;
}

function unexplained(what: string, word: string): Failure {
  const nearest = nearestName(word, explainedCodes);
  const within = explainedCodes.filter((code) => word.length > 2 && code.includes(word));
  const meant = [...new Set([...(nearest === null ? [] : [nearest]), ...within])].slice(0, 5);
  return new Failure('absent', 'explanation-unknown', `There is no explanation of ${what}.`, {
    wayOut: `${meant.length === 0 ? '' : `Did you mean ${meant.join(' or ')}? `}\`rung explain\` lists everything that is explained.`,
  });
}
