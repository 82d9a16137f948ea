import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';

const standalone = standaloneModule as unknown as (ajv: Ajv2020, validate: unknown) => string;

interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | false;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** A JSON Schema of ours, and what is made from it. */
export interface SchemaProducts {
  readonly schema: string;
  readonly validator: string;
  readonly page: string;
  readonly title: string;
}

export const schemas: readonly SchemaProducts[] = [
  {
    schema: 'schemas/rung.schema.json',
    validator: 'src/lifecycle/declare/validate.generated.ts',
    page: 'docs/reference/project-file.md',
    title: 'The project file',
  },
  {
    schema: 'schemas/scenario.schema.json',
    validator: 'src/simulate/scenario/validate.generated.ts',
    page: 'docs/reference/scenario.md',
    title: 'A scenario',
  },
];

/**
 * A validator that needs neither ajv nor the schema when it runs (compiling at start would cost 100 ms). `verbose`
 * carries each failing rule's own schema along, for its `x-write`.
 */
export function validatorSource(schema: unknown, from: string): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(['x-write']);
  const code = standalone(ajv, ajv.compile(schema as object)).replace(/^export default .*$/m, '');
  if (code.includes('require('))
    throw new Error('the schema uses a keyword whose code is not self-contained');
  return `// @ts-nocheck made by scripts/generate-schema.ts from ${from}; do not edit\n${code}\n${typedFace}`;
}

const typedFace = `export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}
export const schemaErrorsOf = (data: unknown): readonly SchemaError[] => (validate(data) ? [] : validate.errors);
`;

/** A page of docs/reference. */
export function referencePage(schema: unknown, from: string, title: string): string {
  const root = schema as SchemaNode;
  const sections = Object.entries(root.$defs ?? {})
    .filter(([, node]) => node.properties !== undefined)
    .map(([name, node]) => section(`## ${headings[name] ?? name}`, node));
  return [
    `# ${title}`,
    '',
    `Made from \`${from}\`, which editors can use to complete and check the file. Do not edit this page.`,
    '',
    section('## The whole file', root),
    ...sections,
    '## Forms',
    '',
    ...forms(root),
    '',
  ].join('\n');
}

const headings: Readonly<Record<string, string>> = {
  role: 'A role',
  service: 'A service',
  health: 'The long form of `health`',
  smoke: 'The long form of `smoke`',
  probe: 'The long form of `probe`',
  environment: 'An environment',
  step: 'A step of a pipeline',
  gateForm: 'A gate with settings',
  stability: '`stability`',
  checklist: '`checklist`',
  rule: '`rule`',
  webhook: '`webhook`',
  approvals: '`approvals`',
  emergency: '`emergency`',
  freeze: 'A freeze',
  rollout: '`rollout`',
  canaryStep: 'A canary step',
  rollbackRule: 'A rule in `rollback`',
  askRule: 'A rule in `ask`',
  start: '`start`',
  day: 'Day and night',
  'rate-change': 'A change of traffic',
  'ratio-change': 'A change of an error ratio',
  'latency-change': 'A change of a latency',
  'version-truth': 'How a version answers',
  happening: 'Something that happens',
  expectation: 'The long form of `expect`',
};

function section(heading: string, node: SchemaNode): string {
  const rows = Object.entries(node.properties ?? {}).map(([key, member]) =>
    row(key, member, node.required ?? []),
  );
  return [
    heading,
    '',
    node.description ?? '',
    '',
    '| key | what it says | form | when left out |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function row(key: string, member: SchemaNode, required: readonly string[]): string {
  const absent =
    member.default === undefined ? (required.includes(key) ? 'must be there' : '') : code(member.default);
  return `| \`${key}\` | ${cell(member.description ?? '')} | ${cell(formOf(member))} | ${absent} |`;
}

function formOf(node: SchemaNode): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  const name = node.$ref?.split('/').at(-1);
  if (name !== undefined) return headings[name] ?? nameOfForm(name);
  if (node.items !== undefined) return `list: ${formOf(node.items)}`;
  if (typeof node.additionalProperties === 'object') return `by name: ${formOf(node.additionalProperties)}`;
  return [node.type ?? []].flat().join(' or ');
}

const nameOfForm = (name: string): string => (name === 'urlPath' ? 'path of a URL' : name);

const forms = (root: SchemaNode): readonly string[] =>
  Object.entries(root.$defs ?? {})
    .filter(([, node]) => node.properties === undefined)
    .map(([name, node]) => `- **${nameOfForm(name)}**: ${node.description ?? ''}`);

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');
