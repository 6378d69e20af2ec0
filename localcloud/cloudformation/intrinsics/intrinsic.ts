import { TemplateError } from '../template-error.ts';

/** An intrinsic function as a template writes it: an object with nothing but its name. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

const known: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::And',
  'Fn::Contains',
  'Fn::Equals',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::If',
  'Fn::Join',
  'Fn::Not',
  'Fn::Or',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
]);

/** Undefined when the value is no intrinsic function. Throws TemplateError for one that is not known here. */
export function intrinsicOf(value: object, path: string): Intrinsic | undefined {
  const [entry, another] = Object.entries(value);
  if (entry === undefined || another !== undefined) return undefined;
  const [name, argument] = entry as [string, unknown];
  if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
  if (!known.has(name))
    throw new TemplateError(path, `localcloud does not know the intrinsic function ${name}`);
  return { name, argument };
}

/** `[logicalId, attribute]` of a Fn::GetAtt in either form. */
export function getAttArguments(argument: unknown, path: string): readonly [string, string] {
  const [logicalId, ...attribute] =
    typeof argument === 'string'
      ? argument.split('.')
      : Array.isArray(argument)
        ? (argument as unknown[])
        : [];
  if (
    typeof logicalId !== 'string' ||
    attribute.length === 0 ||
    !attribute.every((part) => typeof part === 'string')
  )
    throw new TemplateError(path, 'Fn::GetAtt takes a logical id and an attribute name');
  return [logicalId, attribute.join('.')];
}

/** A Fn::Sub taken apart: its text, and the values that it brings along. */
export function subArguments(
  argument: unknown,
  path: string,
): { readonly text: string; readonly values: Readonly<Record<string, unknown>> } {
  const [text, values = {}] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (typeof text !== 'string' || typeof values !== 'object' || values === null)
    throw new TemplateError(path, 'Fn::Sub takes a text, or a text and a map of values');
  return { text, values: values as Record<string, unknown> };
}

/** `${Name}` or `${LogicalId.Attribute}`; `${!Literal}` stands for itself. */
export const placeholder = /\$\{([^!}][^}]*)\}/g;
