import { type Actor, actorName } from '../../domain/actor.ts';
import type { EventKind } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/ids.ts';
import { verify } from '../../domain/keys.ts';
import {
  callbackText,
  type HookAnswer,
  isOpenAt,
  openQuestion,
  type Question,
} from '../../domain/question.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { waitingInto } from '../lookup.ts';
import type { AdmissionFacts } from './facts.ts';
import type { SpecOf } from './gates/gate-rule.ts';
import { questionOf } from './gates/webhook.ts';

/** Asks every program that a waiting promotion waits for and that was not asked yet. */
export async function askMissing(
  tx: Transaction,
  facts: AdmissionFacts,
  now: Instant,
  newId: () => string,
): Promise<void> {
  // Going back asks no gate, and so nobody behind one.
  if (facts.kind === 'rollback') return;
  for (const spec of facts.rung?.step.gates ?? [])
    if (spec.kind === 'webhook' && questionOf(spec, facts) === undefined)
      await askHook(tx, spec, facts, { nonce: newId(), by: facts.requester, now });
}

/** Somebody asks again. Conflict `question-open` while an answer is awaited, `gate-not-asked` for another kind of gate. */
export async function askAgain(
  tx: Transaction,
  facts: AdmissionFacts,
  ask: { readonly gate: string; readonly nonce: string; readonly by: Actor; readonly now: Instant },
): Promise<void> {
  const { target } = facts;
  const hooks = (facts.rung?.step.gates ?? []).filter((one) => one.kind === 'webhook');
  const spec = hooks.find(({ name }) => name === ask.gate);
  if (spec === undefined)
    throw new Failure('absent', 'gate-not-asked', `${target.name} has no webhook called ${ask.gate}.`, {
      wayOut:
        hooks.length === 0
          ? 'See what it asks for: rung why'
          : `Those that can be asked: ${hooks.map(({ name }) => name).join(', ')}.`,
    });
  const before = questionOf(spec, facts);
  if (before !== undefined && isOpenAt(before, ask.now))
    throw new Failure('conflict', 'question-open', `${ask.gate} was asked already and may still answer.`, {
      wayOut: `Wait until ${new Date(before.until).toISOString()} at most.`,
    });
  await askHook(tx, spec, facts, ask);
}

async function askHook(
  tx: Transaction,
  { name, url, timeoutMs }: SpecOf<'webhook'>,
  { release, target }: AdmissionFacts,
  { nonce, by, now }: { readonly nonce: string; readonly by: Actor; readonly now: Instant },
): Promise<void> {
  const question = openQuestion(
    {
      project: target.project,
      gate: name,
      tree: release.manifest.tree,
      environment: target.id,
      environmentName: target.name,
      release: release.id,
      version: release.version,
      url,
      timeoutMs,
      nonce,
      askedBy: by,
    },
    now,
  );
  const before = await tx.get(target.project, 'question', question.id);
  await tx.put(target.project, 'question', question.id, question, before?.version ?? 0);
  await tell(
    tx,
    question,
    'gate.asked',
    by,
    now,
    `${actorName(by)} asks ${name} about ${release.version} for ${target.name}`,
  );
}

/** How a question ended, with an event, and the promotions that may wait for it woken. */
export async function endQuestion(
  tx: Transaction,
  { value, version }: Stored<'question'>,
  state: Exclude<Question['state'], { phase: 'open' }>,
): Promise<void> {
  const question: Question = { ...value, state };
  await tx.put(question.project, 'question', question.id, question, version);
  const by: Actor = { kind: 'automation', rule: `gate ${question.gate}` };
  await tell(tx, question, 'gate.answered', by, state.at, sentenceOf(question, state));
  const { project, environment } = question;
  const waiting = await waitingInto(tx, project, environment);
  await tx.wake(waiting.map(({ value: { id } }) => ({ key: `promotion/${id}`, project, at: state.at })));
}

const sentenceOf = (
  { gate, version, environmentName }: Question,
  state: Exclude<Question['state'], { phase: 'open' }>,
): string =>
  state.phase === 'failed'
    ? `${state.says} (${version} for ${environmentName})`
    : `${gate} says ${state.answer.verdict === 'pass' ? 'yes' : 'no'} to ${version} for ${environmentName}`;

async function tell(
  tx: Transaction,
  question: Question,
  kind: EventKind,
  actor: Actor,
  at: Instant,
  message: string,
): Promise<void> {
  const { project, environment, id, gate, nonce, tree, state } = question;
  await tx.append([
    {
      project,
      kind,
      at,
      actor,
      environment,
      subject: `question/${id}`,
      message,
      payload: { gate, nonce, tree, ...state },
    },
  ]);
}

/**
 * An answer that came later. Denied `callback-refused` for a token of another question or of an earlier round; conflict
 * `question-answered` for a second answer, `question-closed` after its time.
 */
export async function takeCallback(
  tx: Transaction,
  stored: Stored<'question'> | undefined,
  { token, ...answer }: HookAnswer & { readonly token: string },
  publicKey: string,
  now: Instant,
): Promise<void> {
  if (stored === undefined || !verify(publicKey, callbackText(stored.value), token)) throw refused();
  const { value } = stored;
  if (value.state.phase === 'answered')
    throw new Failure(
      'conflict',
      'question-answered',
      `This was answered already: ${value.state.answer.verdict}.`,
      {
        wayOut: 'The first answer counts. Whoever wants another one asks again.',
      },
    );
  if (!isOpenAt(value, now))
    throw new Failure('conflict', 'question-closed', 'The time to answer this is over.', {
      wayOut: 'Wait to be asked again; give the gate a longer `timeout` if this happens often.',
    });
  await endQuestion(tx, stored, { phase: 'answered', answer, via: 'callback', at: now });
}

const refused = (): Failure =>
  new Failure('denied', 'callback-refused', 'This token answers no question that is asked now.', {
    wayOut: 'Send the token of the latest request for this question.',
  });
