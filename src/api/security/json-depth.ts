import { Failure } from '../../domain/failure.ts';

/**
 * Whether objects and lists lie deeper in each other than so many, seen without reading them into memory: what is too
 * deep is not worth it, and whatever walks it afterwards might not come back.
 */
export function isDeeperThan(json: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > most) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

export const bodyTooDeep = (most: number): Failure =>
  new Failure(
    'invalid',
    'body-too-deep',
    `The body has objects or lists deeper in each other than ${most}.`,
    {
      wayOut: 'Send what the description of the route asks for.',
    },
  );
