import type { ActorId, Instant } from '../domain/ids.ts';

/** Proves who sits in front of the page. One-time links on a laptop; OpenID Connect where there is a provider. */
export interface Identity {
  readonly methods: readonly SignInMethod[];
  /**
   * Starts a sign-in that leads through another site: where to send the browser, and what has to come back with it.
   * `state` is kept by the API in a short-lived sealed cookie. Invalid `sign-in-method-unknown` where the method
   * does not lead anywhere.
   */
  begin(
    method: string,
    ask: { readonly callbackUrl: string },
  ): Promise<{ readonly redirectTo: string; readonly state: string }>;
  /** Denied `sign-in-refused` when the answer proves nothing: false, spent or too old. One reason for all. */
  finish(answer: SignInAnswer): Promise<ActorId>;
}

export interface SignInMethod {
  readonly id: string;
  /** `link`: a secret that somebody was given. `redirect`: through the identity provider's own page. */
  readonly kind: 'link' | 'redirect';
  readonly label: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

export interface SignInAnswer {
  readonly method: string;
  /** What came back: the code of a link, the query of a callback. */
  readonly parameters: Readonly<Record<string, string>>;
  /** As `begin` gave it; null for methods that do not lead anywhere. */
  readonly state: string | null;
}

/** Hands out secrets that sign one person in, once. */
export interface LinkIssuer {
  issue(person: ActorId): Promise<{ readonly code: string; readonly expiresAt: Instant }>;
}

/** What has to be remembered of sign-ins across restarts. Digests and ids only: nothing in it signs anybody in. */
export interface SignInMemory {
  keepLink(link: KeptLink): Promise<void>;
  /** Takes the link out, so that nobody takes it twice; null when there is none. */
  takeLink(digest: string): Promise<KeptLink | null>;
  revokeSession(session: string, forgetAt: Instant): Promise<void>;
  isRevoked(session: string): Promise<boolean>;
}

export interface KeptLink {
  /** SHA-256 of the link's code. */
  readonly digest: string;
  readonly person: ActorId;
  readonly expiresAt: Instant;
}
