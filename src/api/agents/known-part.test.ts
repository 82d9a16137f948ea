import { describe, expect, it } from 'vitest';
import { isFailure } from '../../domain/failure.ts';
import { protocolVersion } from '../../protocol/version.ts';
import { createMessageCompiler } from './message-compiler.ts';
import { observationSchema, pollSchema } from './schemas.ts';

const compile = createMessageCompiler();
const read = (schema: object, message: unknown) =>
  compile({ schema, method: 'POST', url: '/', httpPart: 'body' })(message) as {
    readonly value?: unknown;
    readonly error?: unknown;
  };

const said = (protocol: number, more: object = {}) => ({
  protocol,
  boot: 'b',
  sequence: 1,
  observations: [
    {
      environment: 'e',
      revision: 3,
      converged: true,
      services: [{ service: 'web', port: null, variants: [], ...more }],
      rollout: {
        id: 'r',
        generation: 2,
        effectivePercent: 10,
        lease: 'held',
        preflight: { state: 'passed', smoke: [], ...more },
        takenBack: null,
        backDone: false,
        ...more,
      },
      isolation: { level: 'none', detail: '', ...more },
      troubles: [],
      ...more,
    },
  ],
  samples: [
    {
      rollout: 'r',
      generation: 2,
      number: 1,
      at: 1,
      durationMs: 1000,
      trafficPercent: 10,
      services: {
        web: {
          candidate: { requests: 1, errors: 0, probes: 0, latency: { 7: 1 }, ...more },
          stable: null,
          health: { wanted: 1, healthy: 1, exits: 0, refused: 0, failedProbes: 0 },
        },
      },
      ...more,
    },
  ],
  countersignature: null,
  ...more,
});

const codeOf = (error: unknown): string | null => (isFailure(error) ? error.code : null);

describe('a message of an agent', () => {
  it('of our own version is taken as it is, or not at all', () => {
    expect(read(observationSchema, said(protocolVersion)).value).toEqual(said(protocolVersion));
    expect(codeOf(read(observationSchema, said(protocolVersion, { novelty: 1 })).error)).toBe(
      'message-invalid',
    );
  });

  it.each([protocolVersion - 1, protocolVersion + 1])(
    'of version %s is read without what is not known here, wherever it stands',
    (version) => {
      const message = said(version, { novelty: { of: ['another', { version }] } });
      expect(read(observationSchema, message).value).toEqual(said(version));
    },
  );

  it('of a neighbouring version is refused all the same where what is known of it is wrong', () => {
    const broken = { ...said(protocolVersion + 1), sequence: 'first' };
    expect(codeOf(read(observationSchema, broken).error)).toBe('message-invalid');
  });

  it.each([protocolVersion - 2, protocolVersion + 2])('of version %s is refused by name', (protocol) => {
    expect(codeOf(read(pollSchema, { protocol, cursor: null, head: 0 }).error)).toBe('protocol-unspoken');
  });

  it.each([undefined, '2', 1.5, null])('that says %s as its version is not understood', (protocol) => {
    expect(codeOf(read(pollSchema, { protocol, cursor: null, head: 0 }).error)).toBe('message-invalid');
  });
});
