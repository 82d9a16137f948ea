import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ownPrograms } from '../../scripts/tasks/own-programs.mjs';
import {
  exportEventLine,
  exportHeaderLine,
  factsDigestOf,
  genesisLink,
  linkOf,
  payloadDigestOf,
  signHead,
} from '../../src/domain/audit/index.ts';
import type { Digest, EventId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/ids.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { anAgent, anEvent, aProject } from '../kit/audit.ts';
import { runMeasured } from './kit/run-measured.ts';
import { row, sized, subject } from './row.ts';

const many = sized(1_000_000, 20_000);
const few = many / 100;
const folder = await mkdtemp(join(tmpdir(), 'rung-bench-'));
const controlPlane = generateSigningKey();
const agent = generateSigningKey();

subject({
  title: 'The log, proved offline',
  about:
    '`rung audit verify` on an export with a checkpoint and a head of an agent at its end, as a process of its own.',
});

interface Exported {
  readonly events: string;
  readonly heads: string;
}

/** A page of lines at once, as the API gives them. */
async function* pages(count: number, onEnd: (link: Digest) => void): AsyncGenerator<string> {
  let previous = genesisLink(aProject);
  for (let first = 1; first <= count; first += 500) {
    let page = '';
    for (let position = first; position < first + 500 && position <= count; position += 1) {
      const event = anEvent(`event ${position}`);
      const id = `0197c000-0000-7000-8000-${String(position).padStart(12, '0')}` as EventId;
      const factsDigest = factsDigestOf(event.payload);
      const payloadDigest = payloadDigestOf({ ...event, id }, factsDigest);
      previous = linkOf({ project: aProject, position, previous, payloadDigest });
      page += exportEventLine({ ...event, id, position, factsDigest, payloadDigest, link: previous });
    }
    yield page;
  }
  onEnd(previous);
}

/** Its lines by the product, in its order: the header comes first, and signs what comes last. */
async function exported(count: number): Promise<Exported> {
  const [body, events, heads] = ['body', 'log.jsonl', 'heads.jsonl'].map((name) =>
    join(folder, `${count}-${name}`),
  ) as [string, string, string];
  let link = genesisLink(aProject);
  await pipeline(Readable.from(pages(count, (last) => (link = last))), createWriteStream(body));
  const head = { project: aProject, position: count, link };
  const at = instant(1_760_000_000_000);
  const signature = signHead(controlPlane.privateKey, head);
  const checkpoints = [{ position: count, link, at, signature, countersignatures: [] }];
  await writeFile(
    events,
    exportHeaderLine({ project: aProject, name: 'access', publicKey: controlPlane.publicKey, checkpoints }),
  );
  await pipeline(createReadStream(body), createWriteStream(events, { flags: 'a' }));
  await writeFile(
    heads,
    `${JSON.stringify({ ...head, agent: anAgent, signature: signHead(agent.privateKey, head) })}\n`,
  );
  return { events, heads };
}

try {
  const keys = join(folder, 'rung.keys.yaml');
  await writeFile(
    keys,
    `control-plane: [${controlPlane.publicKey}]\nagents: { ${anAgent}: [${agent.publicKey}] }\n`,
  );
  const program = await ownPrograms();
  const verified = async (count: number) => {
    const { events, heads } = await exported(count);
    const args = [program, 'audit', 'verify', events, '--heads', heads, '--keys', keys];
    return { ...(await runMeasured(process.execPath, args)), megabytes: (await stat(events)).size / 2 ** 20 };
  };
  const small = await verified(few);
  const large = await verified(many);
  row({
    what: `${many.toLocaleString('en-US')} events`,
    figure: large.wallMs / 1000,
    unit: 's',
    reach: { text: '≤ 20 s', holds: large.wallMs <= 20_000 },
    note: `${(large.cpuMs / 1000).toFixed(1)} s of processor, ${large.megabytes.toFixed(0)} MB`,
  });
  row({
    what: `memory at most, of ${many.toLocaleString('en-US')} events`,
    figure: large.memoryMb,
    unit: 'MB',
    beside: { what: `of ${few.toLocaleString('en-US')}`, figure: small.memoryMb },
    reach: { text: '≤ 1.5 ×', holds: large.memoryMb <= 1.5 * small.memoryMb },
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
