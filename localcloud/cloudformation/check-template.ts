import { type Reference, referencesIn } from './intrinsics/references.ts';
import { resourceTypes } from './resource-types.ts';
import type { Template } from './template.ts';
import { TemplateError } from './template-error.ts';

/** The logical ids of a template's resources, each after all that it refers to or depends on. */
export type ResourceOrder = readonly string[];

/**
 * Finds what can be found before anything is made: unknown types, properties, functions, names and attributes. Returns the
 * order in which to make the resources. Throws TemplateError, also for resources that wait for each other.
 */
export function checkTemplate(template: Template, pseudo: ReadonlyMap<string, unknown>): ResourceOrder {
  const needs = new Map<string, ReadonlySet<string>>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const path = `Resources.${logicalId}`;
    checkType(resource, path);
    if (resource.Condition !== undefined) requireCondition(template, resource.Condition, path);
    const references = referencesIn(resource.Properties, `${path}.Properties`);
    for (const reference of references) checkReference(reference, template, pseudo);
    for (const name of resource.DependsOn)
      if (!(name in template.Resources))
        throw new TemplateError(`${path}.DependsOn`, `there is no resource ${name}`);
    const named = references.map(({ name }) => name).filter((name) => name in template.Resources);
    needs.set(logicalId, new Set([...named, ...resource.DependsOn]));
  }
  for (const [name, output] of Object.entries(template.Outputs)) {
    const path = `Outputs.${name}`;
    if (output.Condition !== undefined) requireCondition(template, output.Condition, path);
    for (const reference of referencesIn([output.Value, output.Export?.Name], `${path}.Value`))
      checkReference(reference, template, pseudo);
  }
  return inOrder(needs);
}

function checkType({ Type, Properties }: Template['Resources'][string], path: string): void {
  const type = resourceTypes.get(Type);
  if (type === undefined)
    throw new TemplateError(`${path}.Type`, `localcloud does not know the resource type ${Type}`);
  const unknown = Object.keys(Properties).find(
    (name) => !type.propertyNames.includes(name) && !type.withoutEffect.includes(name),
  );
  if (unknown !== undefined)
    throw new TemplateError(
      `${path}.Properties.${unknown}`,
      `localcloud does not know this property of ${Type}`,
    );
}

function checkReference(
  { name, attribute, path }: Reference,
  template: Template,
  pseudo: ReadonlyMap<string, unknown>,
): void {
  const resource = template.Resources[name];
  if (resource === undefined) {
    if (attribute === undefined && (name in template.Parameters || pseudo.has(name))) return;
    throw new TemplateError(
      path,
      `the template has no ${attribute === undefined ? 'parameter or ' : ''}resource ${name}`,
    );
  }
  const known = resourceTypes.get(resource.Type)?.attributeNames ?? [];
  if (attribute !== undefined && !known.includes(attribute))
    throw new TemplateError(
      path,
      `localcloud does not know the attribute ${attribute} of ${resource.Type}; it knows ${known.join(', ') || 'none'}`,
    );
}

function requireCondition(template: Template, name: string, path: string): void {
  if (!(name in template.Conditions))
    throw new TemplateError(`${path}.Condition`, `there is no condition ${name}`);
}

/** Depth first, in the order of the template, so that the same template is always made in the same order. */
function inOrder(needs: ReadonlyMap<string, ReadonlySet<string>>): ResourceOrder {
  const done = new Set<string>();
  const visit = (logicalId: string, above: readonly string[]): void => {
    if (done.has(logicalId)) return;
    if (above.includes(logicalId)) {
      const circle = [...above.slice(above.indexOf(logicalId)), logicalId];
      throw new TemplateError('Resources', `circular dependency: ${circle.join(' -> ')}`);
    }
    for (const needed of needs.get(logicalId) ?? []) visit(needed, [...above, logicalId]);
    done.add(logicalId);
  };
  for (const logicalId of needs.keys()) visit(logicalId, []);
  return [...done];
}
