import type { Document } from 'yaml';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { excerpt } from '../../shared/model/excerpt.ts';
import type { RoleName } from '../../shared/model/ids.ts';
import { roleNameSchema } from '../../shared/model/ids.ts';
import type { RoleSpec } from '../../shared/model/role-spec.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { pathText, specProblems } from '../../shared/model/spec-problem.ts';
import { allowedKeys } from './allowed-keys.ts';
import type { FilePath, FileProblem, PlacedProblem } from './file-problem.ts';
import { firstProblems, isEnough, problemsMax } from './file-problem.ts';
import { repeatedKeys } from './repeated-keys.ts';

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

/** What an alias stands for may hold aliases, and so on: all of them together stand for so many things at the most. */
const aliasesMax = 10_000;

/**
 * Reads YAML 1.2 as `roles: { NAME: SPEC }`. All problems are found at once: those of the syntax, or else all those of
 * the structure; of very many the first.
 */
export function parseRolesFile(text: string): ParsedRolesFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const problemAt = (offset: number, message: string): FileProblem => ({
    path: '',
    found: foundAt(text, offset),
    allowed: `YAML 1.2: ${excerpt(message, messageLengthMax)}`,
    ...positionOf(lines, offset),
  });
  const broken = [
    ...[...document.errors, ...document.warnings].map(({ message, pos: [at] }) => problemAt(at, message)),
    ...repeatedKeys(document).map(({ range }) => problemAt(range?.[0] ?? 0, 'Map keys must be unique')),
  ];
  const read = broken.length > 0 ? undefined : contentOf(document);
  if (read === undefined || 'error' in read) {
    if (read !== undefined) broken.push(problemAt(0, read.error));
    return { kind: 'invalid', problems: firstProblems(broken, (words) => ({ path: '', ...words })) };
  }
  const place = (problem: PlacedProblem): FileProblem => {
    const { at, found, allowed } = problem;
    const offset = offsetOf(document, problem);
    const position = offset === undefined ? {} : positionOf(lines, offset);
    return { path: pathText(at), found, allowed, ...position };
  };
  const { roles, problems } = rolesOf(read.value);
  if (problems.length === 0) return { kind: 'valid', file: { roles, place } };
  const told = firstProblems(problems, (words): PlacedProblem => ({ at: [], ...words }));
  return { kind: 'invalid', problems: told.map(place) };
}

/** What the document says; an alias may stand for nothing, or for more than there is room for. */
function contentOf(document: Document): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: document.toJS({ maxAliasCount: aliasesMax }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function rolesOf(input: unknown): {
  readonly roles: readonly NamedSpec[];
  readonly problems: readonly PlacedProblem[];
} {
  const file = fileSchema.safeParse(input);
  const problems = file.success ? [] : [...placed(file.error, input, [], fileSchema)];
  const roles: NamedSpec[] = [];
  for (const [key, value] of namedParts(input)) {
    if (isEnough(problems)) break;
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
  return error.issues.slice(0, problemsMax + 1).flatMap((issue): readonly PlacedProblem[] => {
    const at = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
    if (issue.code === 'unrecognized_keys') {
      const allowed = `only ${allowedKeys(schema, input, issue.path).join(', ')}`;
      return issue.keys.slice(0, problemsMax + 1).map((key) => ({
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
const messageLengthMax = 300;

/** What stands at an offset, up to the end of its line. */
function foundAt(text: string, offset: number): string {
  const [rest = ''] = text.slice(offset, offset + excerptLengthMax).split('\n');
  return rest.trim() === '' ? 'the end of the line' : JSON.stringify(rest.trim());
}
