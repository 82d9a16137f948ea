import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end('hello from the shop'));
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => server.close(() => process.exit(0)));
