import { describe, expect, it } from 'vitest';
import { openPlane } from '../../../../test/kit/plane.ts';
import type { CountFacts } from '../../../domain/evidence/facts.ts';
import type { EvidenceClue, EvidenceReader, Reading } from '../../../ports/evidence-reader.ts';
import type { AddEvidence, SayEvidence } from '../../evidence-face.ts';

const [ada, bo, stranger] = ['ada@example.org', 'bo@example.org', 'eve@example.org'];
const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${ada}] }
  developer: { members: [${bo}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  sit: { tier: staging, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: sit
    - environment: prod
      gates:
        - { checklist: { name: go-live, items: [Told, Staffed], from: [developer] } }
        - { checklist: { name: checklist, items: [Looked], from: [developer] } }
        - { rollback-plan: [lead] }
        - { rule: { name: small, when: 'true' } }
`;

const count = (value: number): CountFacts => ({ kind: 'count', count: value, tracker: null, link: null });

/** Reads the number that a file begins with. */
const numbers = (until: Promise<void> = Promise.resolve()): EvidenceReader => ({
  format: 'numbers',
  proves: 'count',
  read: async ({ bytes }, signal): Promise<Reading> => {
    let text = '';
    for await (const chunk of bytes) text += Buffer.from(chunk).toString('latin1');
    await Promise.race([until, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    signal.throwIfAborted();
    const problem = (message: string, instead?: string) =>
      ({ code: 'odd', message, ...(instead !== undefined && { instead }) }) as const;
    if (text === 'odd')
      return { kind: 'unreadable', problems: [problem('it is odd', 'Write a number.'), problem('really')] };
    if (text === 'bare') return { kind: 'unreadable', problems: [problem('it is bare')] };
    return { kind: 'read', facts: count(Number.parseInt(text, 10)) };
  },
});

async function withRelease(reader = numbers()) {
  const heads: number[] = [];
  const readers = {
    known: new Map([[reader.format, reader]]),
    guess: ({ name = '', head }: EvidenceClue) => {
      heads.push(head?.byteLength ?? 0);
      return name.endsWith('.num') ? reader : null;
    },
  };
  const plane = await openPlane(yaml, 1, { readers });
  const version = await plane.release('feat: begin', { web: 'web 1' });
  const { control, project } = plane;
  const add = (text: string, ask: Partial<AddEvidence> = {}, person = bo, size = 1) => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < text.length; index += size)
        yield Buffer.from(text.slice(index, index + size));
    }
    return control.addEvidence(
      project,
      { release: version, fileName: 'bugs.num', ...ask },
      bytes(),
      plane.as(person),
    );
  };
  const say = (facts: SayEvidence['facts'], ask: Partial<SayEvidence> = {}, person = bo) =>
    control.sayEvidence(project, { release: version, facts, ...ask }, plane.as(person));
  const told = async () => {
    await plane.chainNow();
    return plane.parts.store.events(project, 0, 1000, { kinds: ['evidence.added'] });
  };
  return { plane, version, heads, add, say, told };
}

const text = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  let read = '';
  for await (const chunk of bytes) read += Buffer.from(chunk).toString();
  return read;
};

describe('a file of evidence (REL-2)', () => {
  it('is kept as it came, read, and bound to the tree of the release', async () => {
    const { plane, add, told, version } = await withRelease();
    const view = await add('42 bugs', { name: 'bugs', environment: 'sit' });
    expect(view).toMatchObject({
      kind: 'count',
      name: 'bugs',
      environment: 'sit',
      facts: count(42),
      file: { name: 'bugs.num', format: 'numbers', bytes: 7 },
      by: { kind: 'person', id: bo },
    });
    const kept = await plane.control.evidenceFile(plane.project, view.id);
    expect([kept.file, await text(kept.bytes)]).toEqual([view.file, '42 bugs']);
    const [event] = await told();
    expect(event?.payload).toMatchObject({ evidence: view.id, kind: 'count', name: 'bugs', tree: view.tree });
    expect(event?.message).toMatch(new RegExp(`${bo} .*bugs of ${version} in sit`, 'u'));
    expect(event?.environment).not.toBeNull();
  });

  it('has the name of what it proves where it is given none, and is about no environment', async () => {
    const { add, told } = await withRelease();
    expect(await add('1')).toMatchObject({ name: 'count', environment: null });
    const [event] = await told();
    expect([event?.environment, event?.message.includes(' in ')]).toEqual([null, false]);
  });

  it.each([
    ['says what is wrong with it', 'odd', {}, 'evidence-unreadable', 'Write a number.'],
    ['has a format that nobody reads', '1', { format: 'words' }, 'evidence-format-unknown', 'numbers'],
    ['tells nothing of its format', '1', { fileName: 'bugs.txt' }, 'evidence-format-unknown', 'numbers'],
    ['proves something else', '1', { kind: 'tests' }, 'evidence-of-another-kind', 'count'],
  ])('is refused where it %s', async (_, content, ask, code, wayOut) => {
    const { add, told } = await withRelease();
    const refused = expect(add(content, ask)).rejects;
    await refused.toMatchObject({ kind: 'invalid', code });
    await expect(add(content, ask)).rejects.toHaveProperty('wayOut', expect.stringContaining(wayOut));
    expect(await told()).toEqual([]);
  });

  it('is refused with every problem, and with a way out in any case', async () => {
    const { add } = await withRelease();
    await expect(add('odd')).rejects.toMatchObject({
      problems: [{ message: 'it is odd' }, { message: 'really' }],
    });
    await expect(add('bare')).rejects.toHaveProperty('wayOut', expect.stringMatching(/\S/u));
  });

  it('is read by the format that is named, and may prove what was asked for', async () => {
    const { add, heads } = await withRelease();
    expect((await add('7', { fileName: 'bugs.txt', format: 'numbers', kind: 'count' })).facts).toEqual(
      count(7),
    );
    expect(heads).toEqual([]);
  });

  it('is guessed by its first 4,096 bytes', async () => {
    const { add, heads } = await withRelease();
    await add('1'.repeat(5000));
    await add('1'.repeat(4096));
    await add('1'.repeat(12));
    expect(heads).toEqual([4096, 4096, 12]);
  });

  it('is given up where reading takes more than two minutes', async () => {
    const { plane, add } = await withRelease(numbers(new Promise(() => {})));
    const adding = expect(add('1')).rejects.toThrow(/abort/u);
    await plane.clock.advance(120_000);
    await adding;
  });

  it('is asked about before it is taken in: nobody sends it for nothing', async () => {
    const { plane, version } = await withRelease();
    let sent = 0;
    const bytes = async function* endless(): AsyncGenerator<Uint8Array> {
      sent += 1;
      yield Buffer.from('1');
    };
    const add = (release: string, person: string, environment?: string) =>
      plane.control.addEvidence(
        plane.project,
        { release, fileName: 'bugs.num', ...(environment !== undefined && { environment }) },
        bytes(),
        plane.as(person),
      );
    await expect(add('9.9.9', bo)).rejects.toMatchObject({ kind: 'absent' });
    await expect(add(version, stranger)).rejects.toMatchObject({ code: 'role-unknown' });
    await expect(add(version, bo, 'nowhere')).rejects.toMatchObject({ kind: 'absent' });
    expect(sent).toBe(0);
  });
});

describe('evidence that is looked up', () => {
  it('is that of the release, newest first, page by page, or of one kind', async () => {
    const { plane, add, say, version } = await withRelease();
    const review = { kind: 'review', approvedBy: ['cy'], requestedChanges: [], url: '' } as const;
    for (const turn of [1, 2, 3]) {
      await plane.clock.advance(1000);
      await add(String(turn), turn === 2 ? { environment: 'sit' } : {});
    }
    await plane.clock.advance(1000);
    await say(review);
    const look = (query: Parameters<typeof plane.control.evidence>[2] = {}) =>
      plane.control.evidence(plane.project, version, query);
    const all = await look();
    expect(all.items.map(({ facts }) => facts)).toEqual([review, count(3), count(2), count(1)]);
    expect(all.items.map(({ environment }) => environment)).toEqual([null, null, 'sit', null]);
    expect((await look({ kind: 'count' })).items).toHaveLength(3);
    const first = await look({ limit: 3 });
    expect(first.items).toEqual(all.items.slice(0, 3));
    expect((await look({ limit: 3, after: first.next ?? '' })).items).toEqual(all.items.slice(3));
    await plane.release('feat: more', { web: 'web 2' });
    expect((await plane.control.evidence(plane.project, '1.1.0', {})).items).toEqual([]);
  });

  it('comes in pages of 50, and of 200 at most', async () => {
    const { plane, say, version } = await withRelease();
    for (let turn = 0; turn < 201; turn += 1) await say(count(turn));
    const look = async (limit?: number) =>
      (await plane.control.evidence(plane.project, version, limit === undefined ? {} : { limit })).items
        .length;
    expect([await look(), await look(200), await look(1000)]).toEqual([50, 200, 200]);
  });

  it('has no file where it was said, or where there is none', async () => {
    const { plane, say } = await withRelease();
    const { id } = await say(count(1));
    const file = (of: string) => plane.control.evidenceFile(plane.project, of);
    await expect(file(id)).rejects.toMatchObject({ kind: 'absent', code: 'evidence-without-file' });
    await expect(file('nothing')).rejects.toMatchObject({ kind: 'absent', code: 'evidence-unknown' });
  });
});

describe('what is said of a release', () => {
  const tick = (...items: readonly string[]) =>
    ({ kind: 'checklist', items: items.map((item) => ({ item, done: true, note: '' })) }) as const;

  it.each([
    ['of a list of its own name', tick('Told', 'Staffed'), 'go-live'],
    ['of the list that has no other name', tick('Looked'), undefined],
  ])('may be items of a checklist, %s', async (_, facts, name) => {
    const { say } = await withRelease();
    expect(await say(facts, name === undefined ? {} : { name })).toMatchObject({
      name: name ?? 'checklist',
      facts,
    });
  });

  it.each([
    ['no list of this name', tick('Told'), 'golive', 'absent', 'checklist-unknown', []],
    ['items of another list', tick('Told'), undefined, 'invalid', 'checklist-item-unknown', ['Told']],
    [
      'items of none',
      tick('Told', 'Stafed', 'x'),
      'go-live',
      'invalid',
      'checklist-item-unknown',
      ['Stafed', 'x'],
    ],
  ])('is refused where it is about %s', async (_, facts, name, kind, code, named) => {
    const { say, told } = await withRelease();
    const thrown: unknown = await say(facts, name === undefined ? {} : { name }).catch((one: unknown) => one);
    expect(thrown).toMatchObject({ kind, code, problems: named.map(() => ({})) });
    for (const item of named) expect(JSON.stringify(thrown)).toContain(item);
    expect(await told()).toEqual([]);
  });

  it('is refused with the item that was probably meant, where there is one', async () => {
    const { say } = await withRelease();
    await expect(say(tick('Stafed', 'x'), { name: 'go-live' })).rejects.toMatchObject({
      problems: [
        { message: expect.stringContaining('"Staffed"') as string },
        { message: expect.stringMatching(/^[^?]*$/u) as string },
      ],
    });
  });

  it('is about one of the checklists, and not about another gate with a name', async () => {
    const { say } = await withRelease();
    await expect(say(tick('Told'), { name: 'small' })).rejects.toMatchObject({
      code: 'checklist-unknown',
      wayOut: expect.stringMatching(/go-live.*checklist\W*$/u) as string,
    });
  });

  it('may be that somebody read the plan, by which it is the same plan with one reader more', async () => {
    const { plane, say, version } = await withRelease();
    const plan = { kind: 'rollback-plan', steps: 'back', minutes: 5, dataStaysReadable: true } as const;
    const read = (id: string, person: string) =>
      plane.control.readRollbackPlan(plane.project, { release: version, plan: id }, plane.as(person));
    await expect(read('nothing', ada)).rejects.toMatchObject({
      kind: 'absent',
      code: 'rollback-plan-missing',
    });
    const { id } = await say(plan);
    await expect(read('nothing', ada)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'rollback-plan-changed',
    });
    await expect(read(id, bo)).rejects.toMatchObject({
      kind: 'denied',
      code: 'rollback-plan-read-by-writer',
    });
    await plane.clock.advance(1000);
    expect((await read(id, ada)).facts).toEqual({ ...plan, writtenBy: bo, reviewedBy: [ada] });
    await plane.clock.advance(1000);
    expect((await read(id, ada)).facts).toEqual({ ...plan, writtenBy: bo, reviewedBy: [ada] });
    await expect(read(id, stranger)).rejects.toMatchObject({ code: 'role-unknown' });
  });
});
