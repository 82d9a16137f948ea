import { buildRouteMap } from '@stricli/core';
import { environmentArgument, one, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { tokenScopes } from '../rung-client.ts';
import { connectionFlags, durationMs, jsonFlag, optionalText, requiredText, yesFlag } from '../flags.ts';

const text = (input: string): string => input;

const auditExport = command({
  verb: async () => (await import('../verbs/audit.ts')).exportLog,
  parameters: {
    flags: { ...connectionFlags, output: optionalText('File to write; else to stdout', 'FILE') },
    aliases: { o: 'output' },
  },
  docs: described(
    'Export the whole log with its signatures',
    'JSON Lines: a header with the signed checkpoints, then an event a line.',
    ['rung audit export --output access.jsonl'],
  ),
});

const auditVerify = command({
  verb: async () => (await import('../verbs/audit.ts')).verify,
  parameters: {
    flags: {
      ...jsonFlag,
      heads: requiredText('The heads that the agents keep', 'FILE'),
      keys: {
        kind: 'parsed',
        parse: text,
        brief: 'The keys pinned in the repository',
        placeholder: 'FILE',
        default: 'rung.keys.yaml',
      },
    },
    positional: one(word('EXPORT', 'File made by `rung audit export`')),
  },
  docs: described(
    'Prove an export unaltered, offline',
    'Needs no server: the export, the pinned keys and the agents’ heads are enough. Names every place that was changed,\nand says what no agent vouches for yet. The exit code is 0 for unaltered, 13 for altered.',
    ['rung audit verify access.jsonl --heads heads.jsonl --keys rung.keys.yaml'],
  ),
});

const auditHeads = command({
  verb: async () => (await import('../verbs/audit.ts')).heads,
  parameters: {
    flags: {
      ...jsonFlag,
      data: connectionFlags.data,
      output: optionalText('File to write; else to stdout', 'FILE'),
    },
    aliases: { o: 'output' },
  },
  docs: described(
    'Write down the heads that the agents keep',
    'Read from the repository (refs/rung/audit/*), where the control plane cannot change them. Keep the file apart from\nthe export: it is what a rewritten log is found out with.',
    ['rung audit heads --output heads.jsonl'],
  ),
});

export const audit = buildRouteMap({
  routes: { export: auditExport, heads: auditHeads, verify: auditVerify },
  docs: { brief: 'Export the log, and prove an export unaltered' },
});

const tokenCreate = command({
  verb: async () => (await import('../verbs/token.ts')).create,
  parameters: {
    flags: {
      ...connectionFlags,
      scope: {
        kind: 'enum',
        values: tokenScopes,
        brief: 'What it may do; say it again for more',
        variadic: true,
      },
      expires: {
        kind: 'parsed',
        parse: durationMs,
        brief: 'How long it is good for',
        placeholder: 'TIME',
        default: '90d',
      },
    },
    positional: one(word('NAME', 'What it is for')),
  },
  docs: described(
    'Make a token for CI',
    'Its secret alone is printed to stdout, once and never again. Only a digest of it is kept.',
    [
      'rung token create github --scope build',
      'rung token create deploy --scope read --scope promote --expires 30d',
    ],
  ),
});

const tokenList = command({
  verb: async () => (await import('../verbs/token.ts')).list,
  parameters: { flags: connectionFlags },
  docs: described('List tokens', 'What each may do and until when; never the secrets.', ['rung token list']),
});

const tokenRevoke = command({
  verb: async () => (await import('../verbs/token.ts')).revoke,
  parameters: {
    flags: connectionFlags,
    positional: one(word('ID', 'Id of the token, from `rung token list`')),
  },
  docs: described('Revoke a token', 'From then on it opens nothing.', ['rung token revoke sha256:5f1c…']),
});

export const token = buildRouteMap({
  routes: { create: tokenCreate, list: tokenList, revoke: tokenRevoke },
  docs: { brief: 'Make, list and revoke tokens for CI' },
});

const keyReplace = command({
  verb: async () => (await import('../verbs/agent-key.ts')).replace,
  parameters: {
    flags: {
      ...connectionFlags,
      signing: optionalText('Public signing key of an agent elsewhere', 'KEY'),
      sealing: optionalText('Public sealing key of an agent elsewhere', 'KEY'),
    },
    positional: one(environmentArgument),
  },
  docs: described(
    'Give an environment’s agent a new key',
    'For an agent on this machine the key is made, announced and put in place. For one elsewhere give its public keys.',
    ['rung agent key replace prod'],
  ),
});

const keyRevoke = command({
  verb: async () => (await import('../verbs/agent-key.ts')).revoke,
  parameters: {
    flags: {
      ...connectionFlags,
      ...yesFlag,
      key: optionalText('Public signing key; else the one on this machine', 'KEY'),
    },
    positional: one(environmentArgument),
  },
  docs: described(
    'Shut out a key of an environment’s agent',
    'For a key that was lost or stolen. What runs goes on; nothing new reaches the environment until it has another key.',
    ['rung agent key revoke test --yes'],
  ),
});

const key = buildRouteMap({
  routes: { replace: keyReplace, revoke: keyRevoke },
  docs: { brief: 'Replace and revoke agents’ keys' },
});

export const agent = buildRouteMap({ routes: { key }, docs: { brief: 'Replace and revoke agents’ keys' } });
