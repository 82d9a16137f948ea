import type { paths } from './schema.generated.d.ts';

/**
 * Every route of the API, typed by its description: what it takes and what it answers. Failures are thrown, so an
 * answer is always the answer. (openapi-fetch's own type would do, but takes read-only lists for objects.)
 */
export interface Client {
  GET: Call<'get'>;
  POST: Call<'post'>;
  PUT: Call<'put'>;
  DELETE: Call<'delete'>;
}

type Method = 'get' | 'post' | 'put' | 'delete';

type PathWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, object> ? Path : never;
}[keyof paths];

type Call<M extends Method> = <Path extends PathWith<M>, Init extends InitOf<paths[Path][M]>>(
  path: Path,
  ...init: object extends InitOf<paths[Path][M]> ? [Init?] : [Init]
) => Promise<Answered<paths[Path][M], Init>>;

type InitOf<Operation> = ParamsOf<Operation> &
  BodyOf<Operation> & {
    readonly signal?: AbortSignal;
    readonly headers?: Readonly<Record<string, string>>;
    /** `stream`: the answer's bytes as they come. */
    readonly parseAs?: 'stream';
  };

type ParamsOf<Operation> = Operation extends { readonly parameters: infer Params }
  ? object extends Params
    ? { readonly params?: Params }
    : { readonly params: Params }
  : unknown;

type BodyOf<Operation> = Operation extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer Body } };
}
  ? { readonly body: Body }
  : { readonly body?: never };

interface Answered<Operation, Init> {
  readonly data: Init extends { readonly parseAs: 'stream' }
    ? ReadableStream<Uint8Array> | null
    : AnswerOf<Operation>;
  readonly response: Response;
}

type AnswerOf<Operation> = Operation extends { readonly responses: infer Responses }
  ? ContentOf<Responses[Extract<keyof Responses, 200 | 201>]>
  : never;

type ContentOf<Response> = Response extends { readonly content: infer Content }
  ? Content[keyof Content]
  : never;
