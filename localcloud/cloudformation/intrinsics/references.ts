import { getAttArguments, intrinsicOf, placeholder, subArguments } from './intrinsic.ts';

/** One mention of something else: by Ref, or of an attribute by Fn::GetAtt. */
export interface Reference {
  readonly name: string;
  /** Undefined for a Ref. */
  readonly attribute: string | undefined;
  readonly path: string;
}

/** All that a value refers to. Throws TemplateError for intrinsic functions that are not known. */
export function referencesIn(value: unknown, path: string): readonly Reference[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => referencesIn(item, `${path}.${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const intrinsic = intrinsicOf(value, path);
  if (intrinsic === undefined)
    return Object.entries(value).flatMap(([key, member]) => referencesIn(member, `${path}.${key}`));
  const { name, argument } = intrinsic;
  const here = `${path}.${name}`;
  if (name === 'Ref') return [{ name: String(argument), attribute: undefined, path: here }];
  if (name === 'Fn::GetAtt') {
    const [logicalId, attribute] = getAttArguments(argument, here);
    return [{ name: logicalId, attribute, path: here }];
  }
  if (name === 'Fn::Sub') return referencesInText(argument, here);
  return referencesIn(argument, here);
}

function referencesInText(argument: unknown, path: string): readonly Reference[] {
  const { text, values } = subArguments(argument, path);
  const named = [...text.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !(name in values));
  return [
    ...named.map((name): Reference => {
      const [first = '', ...rest] = name.split('.');
      return { name: first, attribute: rest.length === 0 ? undefined : rest.join('.'), path };
    }),
    ...referencesIn(values, path),
  ];
}
