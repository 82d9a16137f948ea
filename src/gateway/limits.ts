/** What the gateway puts up with. A project cannot change them; tests shorten the waits. */
export interface Limits {
  /** Request line and headers; above it 431. */
  readonly maxHeaderBytes: number;
  /** A client has so long to finish its headers; then 408. */
  readonly headersWithinMs: number;
  /** A kept-alive connection of a client may be silent between two requests for so long. */
  readonly idleConnectionMs: number;
  /** Nothing at all on a connection, in the middle of a request, an answer or a tunnel. */
  readonly silentMs: number;
  /** A connection to an instance takes at most so long; then 504. */
  readonly connectWithinMs: number;
  /** An instance has so long to begin its answer, once it has the whole request; then 504. */
  readonly answerWithinMs: number;
  /** Open connections of clients, per service. More are closed unheard. */
  readonly maxConnections: number;
  /** A peer has so long to answer a WebSocket's close before the connection is destroyed. */
  readonly closeWithinMs: number;
  /** A probe of our own gives up and counts as an error after so long. */
  readonly probeWithinMs: number;
  /** Largest body the control socket takes. */
  readonly maxControlBytes: number;
}

export const defaultLimits: Limits = {
  maxHeaderBytes: 16_384,
  headersWithinMs: 20_000,
  idleConnectionMs: 65_000,
  silentMs: 3_600_000,
  connectWithinMs: 5_000,
  answerWithinMs: 60_000,
  maxConnections: 10_000,
  closeWithinMs: 1_000,
  probeWithinMs: 10_000,
  maxControlBytes: 1_048_576,
};
