import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { App } from 'aws-cdk-lib';
import { createApp } from '../../../infra/create-app.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** What is looked at of a template. */
export interface TemplateJson {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The app, with a bundle in place of the functions' own: what is in it does not matter to the template. */
export function anApp(context: Readonly<Record<string, unknown>> = {}): App {
  const bundleOf = () => fileURLToPath(new URL('functions', import.meta.url));
  const outdir = mkdtempSync(`${tmpdir()}/understudy-synthesis-`);
  try {
    return createApp({ context, bundleOf, outdir });
  } catch (error) {
    rmSync(outdir, { recursive: true });
    throw error;
  }
}

/** Synthesizes and takes the assembly away again. */
export function templateOf(app: App): TemplateJson {
  try {
    const [stack] = app.synth().stacks;
    if (stack === undefined) throw new Error('the assembly has no stack');
    return JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as TemplateJson;
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

/** The resources of a type. */
export function resourcesOf(template: TemplateJson, type: string): readonly Resource[] {
  return Object.values(template.Resources).filter(({ Type }) => Type === type);
}

/** Logical id of the one resource with this physical name, such as `idOf(json, 'QueueName', 'understudy-events')`. */
export function idOf(template: TemplateJson, property: string, name: string): string {
  const found = Object.entries(template.Resources).find(
    ([, { Properties }]) => Properties[property] === name,
  );
  if (found === undefined) throw new Error(`the template has nothing with ${property} ${name}`);
  return found[0];
}

/** What stands in the template for the ARN of that resource. */
export function arnOf(template: TemplateJson, property: string, name: string): object {
  return { 'Fn::GetAtt': [idOf(template, property, name), 'Arn'] };
}
