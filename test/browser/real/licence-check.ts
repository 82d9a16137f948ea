import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A program of a team's own that is asked whether a gate is open: it says no until it is told otherwise. */
export interface LicenceCheck extends Disposable {
  readonly url: string;
  verdict: 'pass' | 'fail';
}

export async function startLicenceCheck(): Promise<LicenceCheck> {
  const said: { verdict: LicenceCheck['verdict'] } = { verdict: 'fail' };
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ verdict: said.verdict, reason: 'a licence that nobody knows' }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(said, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/licence`,
    [Symbol.dispose]: () => void server.close(),
  });
}
