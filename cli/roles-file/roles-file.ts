import type { Document } from 'yaml';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { RoleName } from '../../shared/model/ids.ts';
import { roleNameSchema } from '../../shared/model/ids.ts';
import type { RoleSpec } from '../../shared/model/role-spec.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { pathText, specProblems } from '../../shared/model/spec-problem.ts';
import { allowedKeys } from './allowed-keys.ts';
import type { FilePath, FileProblem, PlacedProblem } from './file-problem.ts';

/** One role of a file. */
export interface NamedSpec {
  readonly name: RoleName;
  readonly spec: RoleSpec;
}

/** A roles file that says what it means; whether it fits the world is for others to find out. */
export interface RolesFile {
  readonly roles: readonly NamedSpec[];
  /** Finds the place of a problem in the text. */
  readonly place: (problem: PlacedProblem) => FileProblem;
}

export type ParsedRolesFile =
  | { readonly kind: 'valid'; readonly file: RolesFile }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] };

/** The file's own schema; the names and specs in it have theirs. */
const fileSchema = z.strictObject({
  roles: z
    .record(z.string(), z.unknown(), 'must be roles by their names: { NAME: { … } }')
    .refine((roles) => Object.keys(roles).length > 0, 'must name at least one role'),
});

/**
 * Reads YAML 1.2 as `roles: { NAME: SPEC }`. All problems are found at once: those of the syntax, or else all those of
 * the structure.
 */
export function parseRolesFile(text: string): ParsedRolesFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const problems = broken.map(({ message, pos: [offset] }) => ({
      path: '',
      found: foundAt(text, offset),
      allowed: `YAML 1.2: ${message}`,
      ...positionOf(lines, offset),
    }));
    return { kind: 'invalid', problems };
  }
  const place = (problem: PlacedProblem): FileProblem => {
    const { at, found, allowed } = problem;
    const offset = offsetOf(document, problem);
    const position = offset === undefined ? {} : positionOf(lines, offset);
    return { path: pathText(at), found, allowed, ...position };
  };
  const { roles, problems } = rolesOf(document.toJS());
  return problems.length === 0
    ? { kind: 'valid', file: { roles, place } }
    : { kind: 'invalid', problems: problems.map(place) };
}

function rolesOf(input: unknown): {
  readonly roles: readonly NamedSpec[];
  readonly problems: readonly PlacedProblem[];
} {
  const file = fileSchema.safeParse(input);
  const problems = file.success ? [] : [...placed(file.error, input, [], fileSchema)];
  const roles: NamedSpec[] = [];
  for (const [key, value] of namedParts(input)) {
    const name = roleNameSchema.safeParse(key);
    const spec = roleSpecSchema.safeParse(value);
    if (!name.success) {
      const keyProblems = placed(name.error, key, ['roles', key], roleNameSchema);
      problems.push(...keyProblems.map((problem) => ({ ...problem, isAboutKey: true as const })));
    }
    if (!spec.success) problems.push(...placed(spec.error, value, ['roles', key], roleSpecSchema));
    if (name.success && spec.success) roles.push({ name: name.data, spec: spec.data });
  }
  return { roles, problems };
}

/** The parts under `roles`, also of a file in which something else is wrong. */
function namedParts(input: unknown): readonly (readonly [string, unknown])[] {
  // By hand, because a zod record passes over a key such as __proto__.
  const roles: unknown = isObject(input) ? Reflect.get(input, 'roles') : undefined;
  return isObject(roles) && !Array.isArray(roles) ? Object.entries(roles) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The problems of one part of the file; `prefix` is where that part stands. */
function placed(
  error: z.ZodError,
  input: unknown,
  prefix: FilePath,
  schema: z.ZodType,
): readonly PlacedProblem[] {
  return error.issues.flatMap((issue): readonly PlacedProblem[] => {
    const at = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
    if (issue.code === 'unrecognized_keys') {
      const allowed = `only ${allowedKeys(schema, input, issue.path).join(', ')}`;
      return issue.keys.map((key) => ({
        at: [...at, key],
        found: 'an unknown key',
        allowed,
        isAboutKey: true,
      }));
    }
    const [problem] = specProblems(new z.ZodError([issue]), input);
    return problem === undefined ? [] : [{ at, found: problem.found, allowed: allowedText(problem.allowed) }];
  });
}

/** Of zod's own messages the half that says what is allowed: what was found stands beside it. */
function allowedText(message: string): string {
  return message.replace(/^Invalid (?:input|option): /, '').replace(/, received .*$/, '');
}

/** Where the key or value stands, or the nearest thing around it that is there. */
function offsetOf(document: Document, { at, isAboutKey }: PlacedProblem): number | undefined {
  for (let length = at.length; length >= 0; length--) {
    const path = at.slice(0, length);
    const node = isAboutKey && length === at.length ? keyNode(document, path) : valueNode(document, path);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function valueNode(document: Document, path: FilePath): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

function keyNode(document: Document, path: FilePath): unknown {
  const parent = valueNode(document, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))?.key;
}

function positionOf(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const excerptLengthMax = 40;

/** What stands at an offset, up to the end of its line. */
function foundAt(text: string, offset: number): string {
  const [rest = ''] = text.slice(offset, offset + excerptLengthMax).split('\n');
  return rest.trim() === '' ? 'the end of the line' : JSON.stringify(rest.trim());
}
