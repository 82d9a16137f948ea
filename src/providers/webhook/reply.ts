import { shortened } from '../../domain/evidence/facts.ts';
import { verdicts } from '../../domain/question.ts';
import { spanText } from '../../domain/wording.ts';
import type { HookReply } from '../../ports/gate-hook.ts';
import { mostReplyBytes, type Posted } from './post.ts';

/** So much of what others wrote is shown to people, and not a character more. */
const mostShown = 200;
const mostReason = 500;

/** What a reply means. Each way of being no answer has a name of its own. */
export function readReply(posted: Posted): HookReply {
  switch (posted.kind) {
    case 'no-connection':
      return { kind: 'unreachable', says: `could not be reached: ${posted.why}` };
    case 'too-slow':
      return { kind: 'unreachable', says: `did not finish its reply within ${spanText(posted.afterMs)}` };
    case 'too-large':
      return unusable('reply-too-large', `replied with more than ${mostReplyBytes / 1024} KiB`);
    case 'address-refused':
      return unusable('address-refused', 'is on another machine, where plain http is not used');
    case 'reply':
      return ofReply(posted);
  }
}

const unusable = (code: string, says: string): HookReply => ({ kind: 'unusable', code, says });

function ofReply({ status, mediaType, body }: Extract<Posted, { kind: 'reply' }>): HookReply {
  if (status >= 500 || status === 429)
    return { kind: 'unreachable', says: `replied with ${status}${quoted(body)}` };
  if (status >= 300 && status < 400)
    return unusable('reply-redirect', `replied with a redirect (${status}), which is not followed`);
  if (status < 200 || status >= 300) return unusable('reply-status', `replied with ${status}${quoted(body)}`);
  if (status === 202 && body.trim() === '') return { kind: 'pending' };
  const data = mediaType.endsWith('json') ? parsed(body) : undefined;
  if (data === undefined)
    return unusable(
      'reply-not-json',
      `replied with ${mediaType === '' ? 'no JSON' : mediaType} instead of JSON${quoted(body)}`,
    );
  return ofData(data, body);
}

function ofData(data: unknown, body: string): HookReply {
  const {
    verdict,
    reason = '',
    url = '',
  } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<Record<string, unknown>>;
  const known = verdicts.find((one) => one === verdict);
  if (known === undefined || typeof reason !== 'string' || typeof url !== 'string' || !isLink(url))
    return unusable('reply-not-understood', `replied with JSON that holds no verdict${quoted(body)}`);
  if (known === 'pending') return { kind: 'pending' };
  return { kind: 'answer', verdict: known, reason: shortened(reason, mostReason), url };
}

const isLink = (url: string): boolean =>
  url === '' || (url.length <= 2000 && /^https?:\/\//.test(url) && URL.canParse(url));

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const quoted = (body: string): string => {
  const text = body.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  return text === '' ? '' : `: ${shortened(text, mostShown)}`;
};
