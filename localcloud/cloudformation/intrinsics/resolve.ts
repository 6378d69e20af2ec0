import { TemplateError } from '../template-error.ts';
import { getAttArguments, intrinsicOf, placeholder, subArguments } from './intrinsic.ts';

/** What names in a template stand for at this moment of a deployment. All throw TemplateError for what there is not. */
export interface Scope {
  /** A parameter, pseudo parameter or resource. Undefined for `AWS::NoValue`. */
  ref(name: string, path: string): unknown;
  attribute(logicalId: string, attribute: string, path: string): unknown;
  condition(name: string, path: string): boolean;
  mapping(names: readonly string[], path: string): unknown;
}

/**
 * A value with its intrinsic functions replaced by what they give. Members and items that are `AWS::NoValue` are left out.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value))
    return value
      .map((item: unknown, index) => resolve(item, scope, `${path}.${index}`))
      .filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const intrinsic = intrinsicOf(value, path);
  if (intrinsic !== undefined)
    return resolveIntrinsic(intrinsic.name, intrinsic.argument, scope, `${path}.${intrinsic.name}`);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, resolve(member, scope, `${path}.${key}`)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

function resolveIntrinsic(name: string, argument: unknown, scope: Scope, path: string): unknown {
  switch (name) {
    case 'Ref':
      return scope.ref(String(argument), path);
    case 'Fn::GetAtt':
      return scope.attribute(...getAttArguments(argument, path), path);
    case 'Fn::Sub':
      return substitute(argument, scope, path);
    case 'Fn::Join': {
      const [delimiter, parts] = expectList(argument, scope, path, 2);
      return expectTexts(parts, path).join(String(delimiter));
    }
    case 'Fn::Select': {
      const [index, items] = expectList(argument, scope, path, 2);
      const selected: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
      if (selected === undefined)
        throw new TemplateError(path, `there is no item ${String(index)} to select`);
      return selected;
    }
    case 'Fn::Split': {
      const [delimiter, text] = expectList(argument, scope, path, 2);
      return String(text).split(String(delimiter));
    }
    case 'Fn::If':
      return resolveIf(argument, scope, path);
    case 'Fn::FindInMap':
      return scope.mapping(expectTexts(expectList(argument, scope, path, 3), path), path);
    default:
      return resolveTest(name, argument, scope, path);
  }
}

/** The functions that give true or false, in conditions and rules. */
function resolveTest(name: string, argument: unknown, scope: Scope, path: string): boolean {
  const operands = (count?: number): readonly unknown[] =>
    (Array.isArray(argument) ? argument : [argument]).length >= (count ?? 1)
      ? (Array.isArray(argument) ? (argument as unknown[]) : [argument]).map((item, index) =>
          resolveOperand(item, scope, `${path}.${index}`),
        )
      : failArguments(path);
  switch (name) {
    case 'Fn::Equals': {
      const [one, other] = operands(2);
      return String(one) === String(other);
    }
    case 'Fn::Not':
      return operands()[0] !== true;
    case 'Fn::And':
      return operands().every((operand) => operand === true);
    case 'Fn::Or':
      return operands().some((operand) => operand === true);
    case 'Fn::Contains': {
      const [list, wanted] = operands(2);
      return expectTexts(list, path).includes(String(wanted));
    }
    default:
      throw new TemplateError(path, `localcloud does not know the intrinsic function ${name}`);
  }
}

/** Among conditions, `{ Condition: name }` is another one's result. */
function resolveOperand(value: unknown, scope: Scope, path: string): unknown {
  if (typeof value === 'object' && value !== null && 'Condition' in value && Object.keys(value).length === 1)
    return scope.condition(String(value.Condition), path);
  return resolve(value, scope, path);
}

function resolveIf(argument: unknown, scope: Scope, path: string): unknown {
  if (!Array.isArray(argument) || argument.length !== 3) return failArguments(path);
  const [condition, whenTrue, whenFalse] = argument as [unknown, unknown, unknown];
  return scope.condition(String(condition), path)
    ? resolve(whenTrue, scope, `${path}.1`)
    : resolve(whenFalse, scope, `${path}.2`);
}

function substitute(argument: unknown, scope: Scope, path: string): string {
  const { text, values } = subArguments(argument, path);
  return text
    .replaceAll(placeholder, (_match, name: string) => {
      if (name in values) return String(resolve(values[name], scope, path));
      const [first = '', ...attribute] = name.split('.');
      const found =
        attribute.length === 0 ? scope.ref(first, path) : scope.attribute(first, attribute.join('.'), path);
      return String(found);
    })
    .replaceAll(/\$\{!([^}]*)\}/g, (_match, literal: string) => `\${${literal}}`);
}

function expectList(argument: unknown, scope: Scope, path: string, length: number): readonly unknown[] {
  const list = resolve(argument, scope, path);
  return Array.isArray(list) && list.length === length ? (list as unknown[]) : failArguments(path);
}

function expectTexts(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.map((item: unknown) => String(item));
  throw new TemplateError(path, 'it takes a list of texts');
}

function failArguments(path: string): never {
  throw new TemplateError(path, 'the number of arguments is wrong');
}
