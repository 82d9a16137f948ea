/** An instance that costs next to nothing, so that it is not what is measured: one answer for each piece that comes. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { answerBytes } from './load.ts';

const body = 'x'.repeat(answerBytes);
const head = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT`;
const answer = Buffer.from(`${head}\r\n\r\n${body}`);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.on('data', () => socket.write(answer));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
