import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackName } from '../../../demo/deploy.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';

interface Statement {
  readonly Sid?: string;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** As much of a template as tests change. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The template that was synthesized before the tests: a new copy each time. */
export function synthesizedTemplate(): SynthesizedTemplate {
  const text = readFileSync(join(assemblyDirectory, `${stackName}.template.json`), 'utf8');
  return JSON.parse(text) as SynthesizedTemplate;
}

/** The same with the properties of one type of resource changed. */
export function withProperties(
  template: SynthesizedTemplate,
  type: string,
  change: (properties: Resource['Properties']) => object,
): SynthesizedTemplate {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([logicalId, resource]) => [
      logicalId,
      resource.Type === type
        ? { ...resource, Properties: { ...resource.Properties, ...change(resource.Properties) } }
        : resource,
    ]),
  );
  return { ...template, Resources };
}

/** The statements of the functions' roles, as they stand in the template. */
export function roleStatements({ Resources }: SynthesizedTemplate): readonly Statement[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .flatMap(({ Properties }) => Properties['Policies'] as readonly Policy[])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** The same template without the statements of this Sid in the roles' policies. */
export function withoutStatement(template: SynthesizedTemplate, sid: string): SynthesizedTemplate {
  return withProperties(template, 'AWS::IAM::Role', ({ Policies }) => ({
    Policies: (Policies as readonly Policy[]).map((policy) => ({
      ...policy,
      PolicyDocument: {
        ...policy.PolicyDocument,
        Statement: policy.PolicyDocument.Statement.filter(({ Sid }) => Sid !== sid),
      },
    })),
  }));
}
