import { systemClock } from '../../src/engine/clock.ts';

const againMs = 100;

/**
 * Asks as a person does who is told that nobody is there: again, for a minute. What was asked twice may have been done
 * the first time, although no answer came; then the refusal of the second is put right by looking.
 */
export async function patientFetch(request: Request): Promise<Response> {
  const deadlineMs = systemClock.monotonicMs() + 60_000;
  for (let tries = 1; ; tries += 1) {
    const isLast = systemClock.monotonicMs() > deadlineMs;
    const answer = await fetch(request.clone()).catch((thrown: unknown) => {
      if (request.signal.aborted || isLast) throw thrown;
      return null;
    });
    if (answer !== null && (answer.status !== 503 || isLast))
      return tries === 1 || request.method === 'GET' ? answer : settled(request, answer);
    await systemClock.sleep(againMs);
  }
}

async function settled(request: Request, answer: Response): Promise<Response> {
  if (answer.ok || answer.status >= 500) return answer;
  const problem = (await answer.clone().json()) as { code?: string; facts?: { promotion?: string } };
  if (problem.code === 'promotion-exists')
    return patientFetch(sameCaller(request, `${request.url}/${problem.facts?.promotion ?? ''}`));
  const wanted = problem.code === 'promotion-refused' ? await request.clone().json() : null;
  if (wanted !== null && !(await runsAlready(request, wanted as Wanted))) return answer;
  return Response.json({});
}

interface Wanted {
  readonly release: string;
  readonly to: string;
}

async function runsAlready(request: Request, { release, to }: Wanted): Promise<boolean> {
  const url = request.url.replace(/promotions$/u, `environments/${to}`);
  const environment = (await (await patientFetch(sameCaller(request, url))).json()) as {
    readonly release: { readonly version: string } | null;
  };
  return environment.release?.version === release;
}

const sameCaller = ({ headers, signal }: Request, url: string): Request =>
  new Request(url, {
    headers: ['authorization', 'rung-act-as'].map((name): [string, string] => [
      name,
      headers.get(name) ?? '',
    ]),
    signal,
  });
