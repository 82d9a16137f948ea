import { type Static, Type } from 'typebox';
import type { ProjectId } from '../../domain/ids.ts';
import type { BuildRecord } from '../../engine/records.ts';
import type { Same } from './same.ts';
import { instantMs, text, uuid } from './shapes.ts';

export const build = Type.Object(
  {
    id: text,
    project: uuid<ProjectId>('Project'),
    tree: text,
    commit: text,
    branch: text,
    wantedAt: instantMs,
    state: Type.Union([
      Type.Object({ phase: Type.Literal('wanted') }),
      Type.Object({ phase: Type.Literal('building'), by: text, since: instantMs }),
      Type.Object({ phase: Type.Literal('built'), at: instantMs }),
      Type.Object({ phase: Type.Literal('failed'), at: instantMs, detail: text }),
    ]),
  },
  { $id: 'Build', description: 'A source tree that is to be built' },
);
true satisfies Same<Static<typeof build>, BuildRecord>;
