import type { HookAnswer } from '../domain/question.ts';

/** Asks a program of the team's own whether a gate is open. */
export interface GateHook {
  /**
   * Sends one question and waits for the reply for a short time. Asking twice with the same nonce is asking once. Throws
   * nothing that the other side can bring about; throws the signal's reason when it is aborted.
   */
  ask(question: HookQuestion, signal: AbortSignal): Promise<HookReply>;
}

/** What is sent, as JSON; the callback's token is the one secret in it. */
export interface HookQuestion {
  readonly url: string;
  readonly body: HookBody;
}

export interface HookBody {
  readonly rung: 1;
  readonly question: string;
  readonly nonce: string;
  readonly project: string;
  readonly gate: string;
  readonly release: { readonly id: string; readonly version: string; readonly tree: string };
  readonly environment: string;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly answerBy: string;
  readonly callback: { readonly url: string; readonly token: string };
}

export type HookReply =
  | ({ readonly kind: 'answer' } & HookAnswer)
  /** It was taken in; the answer comes by the callback. */
  | { readonly kind: 'pending' }
  /** It may be so only now: nobody there, too slow, or out of order for a while. */
  | { readonly kind: 'unreachable'; readonly says: string }
  /** What came back is no answer, and asking the same again would bring the same. */
  | { readonly kind: 'unusable'; readonly code: string; readonly says: string };
