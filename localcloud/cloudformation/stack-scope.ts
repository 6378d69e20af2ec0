import { resolve, type Scope } from './intrinsics/resolve.ts';
import type { ParameterValues } from './parameters.ts';
import type { Stack } from './stack.ts';
import type { Template } from './template.ts';
import { TemplateError } from './template-error.ts';

/** What names stand for while a stack is deployed: its parameters, and its resources as far as they are made. */
export function stackScope(
  stack: Pick<Stack, 'resources'>,
  { template, parameters }: { readonly template: Template; readonly parameters: ParameterValues },
  pseudo: ReadonlyMap<string, string | undefined>,
): Scope {
  const conditions = new Map<string, boolean>();
  const underWay = new Set<string>();
  const scope: Scope = {
    ref: (name, path) => {
      if (pseudo.has(name)) return pseudo.get(name);
      const value = parameters.get(name) ?? stack.resources.get(name)?.made.ref;
      if (value === undefined) throw new TemplateError(path, `there is no ${name} in this stack`);
      return value;
    },
    attribute: (logicalId, attribute, path) => {
      const value = stack.resources.get(logicalId)?.made.attributes?.[attribute];
      if (value === undefined)
        throw new TemplateError(path, `there is no ${logicalId}.${attribute} in this stack`);
      return value;
    },
    condition: (name, path) => {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      if (!(name in template.Conditions)) throw new TemplateError(path, `there is no condition ${name}`);
      if (underWay.has(name)) throw new TemplateError(path, `the condition ${name} depends on itself`);
      underWay.add(name);
      const holds = resolve(template.Conditions[name], scope, `Conditions.${name}`) === true;
      conditions.set(name, holds);
      return holds;
    },
    mapping: ([map = '', top = '', second = ''], path) => {
      const value = template.Mappings[map]?.[top]?.[second];
      if (value === undefined)
        throw new TemplateError(path, `there is no ${map}.${top}.${second} in Mappings`);
      return value;
    },
  };
  return scope;
}
