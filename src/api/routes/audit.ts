import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type ExportHeader, exportEventLine, exportHeaderLine } from '../../domain/audit/export.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';
import { signedIn } from '../access.ts';
import { type ApiContext, projectOf } from '../context.ts';
import { failures } from '../route.ts';

const eventsAtOnce = 500;

/** The whole chain, as `rung audit verify` reads it. Streams: of a long log only a page is ever in memory. */
export function auditRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  context.app.get('/api/v1/projects/:project/audit/export', {
    config: { access: signedIn('read') },
    schema: {
      operationId: 'exportAudit',
      tags: ['log'],
      summary: 'The whole log with its proofs, as JSON Lines: a header, then one event a line, oldest first',
      produces: ['application/jsonl'],
      params: Type.Object({ project: Type.String({ minLength: 1, maxLength: 100 }) }),
      response: {
        200: { description: 'JSON Lines', content: { 'application/jsonl': { schema: Type.String() } } },
        ...failures,
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { id, name } = projectOf(request);
      const header = await controlPlane.auditHeader(id);
      return reply
        .type('application/jsonl')
        .header(
          'content-disposition',
          `attachment; filename="${name.replaceAll(/[^\w.-]/g, '-')}-audit.jsonl"`,
        )
        .send(Readable.from(lines(controlPlane, id, header), { objectMode: false }));
    },
  });
}

async function* lines(
  controlPlane: ControlPlane,
  project: ProjectId,
  header: ExportHeader,
): AsyncGenerator<string> {
  yield exportHeaderLine(header);
  let position = 0;
  for (;;) {
    const events = await controlPlane.eventsAfter(project, position, eventsAtOnce);
    const last = events.at(-1);
    if (last === undefined) return;
    yield events.map(exportEventLine).join('');
    position = last.position;
  }
}
