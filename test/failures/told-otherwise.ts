/**
 * What a scan for `new Failure(kind, 'code', …)` and `code: '…'` cannot see. A test holds both lists to the source: nothing
 * is missing from them, and nothing stands in them that the source no longer has.
 */

/** Failures whose code is worked out, by file and expression, and the codes that this can give beside those of others. */
export const computedCodes: Readonly<Record<string, readonly string[]>> = {
  "src/agent/control-client.ts: problem.code ?? 'control-plane-refused'": ['control-plane-refused'],
  // The keys of `reasons`, listed below.
  'src/api/agents/authenticate.ts: code': [],
  // A failure that came from elsewhere, told on.
  'src/cli/suggestions.ts: failure.code': [],
  'src/client/failure-of-answer.ts: problem.code': [],
  'src/main/laptop.ts: code': [],
  'src/providers/gateway/client.ts: error.code': [],
  "src/providers/process/room-client.ts: told.code ?? 'defect'": ['defect'],
  'src/lifecycle/declare/decode.ts: `${code}-too-large`': ['project-file-too-large', 'scenario-too-large'],
  'src/lifecycle/declare/decode.ts: `${code}-empty`': ['project-file-empty', 'scenario-empty'],
  'src/lifecycle/declare/decode.ts: `${code}-encoding`': ['project-file-encoding', 'scenario-encoding'],
  'src/lifecycle/declare/parse.ts: code': ['project-file-invalid', 'scenario-invalid'],
  // Of an obstacle, which the scan sees where it is written.
  'src/lifecycle/deliver/go-on.ts: obstacle.code': [],
  'src/lifecycle/deliver/reconcile-rollout.ts: `${kind}-unknown`': [
    'environment-unknown',
    'promotion-unknown',
    'release-unknown',
    'rollout-unknown',
  ],
  'src/lifecycle/read/queries.ts: `${kind}-unknown`': ['promotion-unknown', 'rollout-unknown'],
  'src/providers/gateway/client.ts: gatewayForeign': ['gateway-foreign'],
  'src/providers/gateway/client.ts: gatewayAbsent': ['gateway-absent'],
  'src/store/postgres/refusal.ts: found.code': [
    'database-missing',
    'database-password-wrong',
    'database-rights-missing',
    'database-sign-in-refused',
  ],
};

/** First parts of codes that are put together, which look like codes. */
export const partsOfCodes: readonly string[] = ['', 'project-file', 'scenario'];

/** Codes that are written as a key or as a type, by the file in which they stand in quotes. */
export const quotedCodes: Readonly<Record<string, readonly string[]>> = {
  'src/api/agents/authenticate.ts': [
    'agent-unknown',
    'key-unknown',
    'nonce-stale',
    'token-expired',
    'token-foreign',
    'token-missing',
    'token-replayed',
    'token-unreadable',
    'too-many-calls',
  ],
  'src/domain/audit/findings.ts': [
    'chain-rewritten',
    'event-changed',
    'event-duplicated',
    'event-missing',
    'event-out-of-order',
    'head-foreign',
    'header-unreadable',
    'key-unpinned',
    'line-unreadable',
    'signature-wrong',
    'tail-cut-off',
  ],
  'src/gateway/instance-connection.ts': ['ETIMEDOUT'],
};
