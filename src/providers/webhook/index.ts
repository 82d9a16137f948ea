import { fingerprint, publicKeyOf, sign } from '../../domain/keys.ts';
import { signedText } from '../../domain/question.ts';
import type { Clock } from '../../engine/clock.ts';
import type { GateHook } from '../../ports/gate-hook.ts';
import { post } from './post.ts';
import { readReply } from './reply.ts';

export interface WebhookParts {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** The control plane's Ed25519 key, raw, base64url. */
  readonly privateKey: string;
  /** From the first byte sent to the last one read; 10 s unless told. */
  readonly replyWithinMs?: number;
}

/**
 * Asks over HTTP: a POST of JSON, signed with Ed25519 over its time and body. Follows no redirect, sends over plain http to
 * this machine alone, and reads 64 KiB at most.
 */
export function createWebhook({ clock, privateKey, replyWithinMs = 10_000 }: WebhookParts): GateHook {
  const key = fingerprint(publicKeyOf(privateKey));
  return {
    ask: async (question, signal) => {
      const body = JSON.stringify(question.body);
      const timestamp = new Date(clock.now()).toISOString();
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'Rung',
        'rung-timestamp': timestamp,
        'rung-key': key,
        'rung-signature': `ed25519=${sign(privateKey, signedText(timestamp, body))}`,
      };
      return readReply(
        await post({ url: new URL(question.url), headers, body, replyWithinMs, clock }, signal),
      );
    },
  };
}
