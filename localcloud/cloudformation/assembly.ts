import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { TemplateError } from './template-error.ts';

const manifestShape = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z
        .looseObject({
          templateFile: z.string().optional(),
          file: z.string().optional(),
          stackName: z.string().optional(),
        })
        .optional(),
      dependencies: z.array(z.string()).optional(),
    }),
  ),
});

const assetManifestShape = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

/** A file or folder that deploying puts into a bucket. */
export interface Asset {
  /** May hold `${AWS::AccountId}` and the like. */
  readonly bucketName: string;
  readonly objectKey: string;
  /** Where it is on this machine: the folder itself for one that is zipped on its way. */
  readonly path: string;
}

/** What is deployed: a template and what it refers to by bucket and key. */
export interface Deployable {
  readonly template: unknown;
  readonly assets: readonly Asset[];
}

/**
 * The stack of a CDK cloud assembly with its assets: the one of this artifact id or stack name, or the only one.
 * Throws TemplateError when the folder holds no such stack.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
export function readAssembly(directory: string, artifactName?: string): Deployable {
  const { artifacts } = readJson(join(directory, 'manifest.json'), manifestShape);
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const named = stacks.filter(
    ([id, { properties }]) =>
      artifactName === undefined || id === artifactName || properties?.stackName === artifactName,
  );
  const [stack, ...others] = named;
  if (stack === undefined || others.length > 0)
    throw new TemplateError(
      join(directory, 'manifest.json'),
      `${named.length} stacks ${artifactName === undefined ? 'are in it' : `are called ${artifactName}`}; it has ${stacks.map(([id]) => id).join(', ')}`,
    );
  const [, { properties, dependencies = [] }] = stack;
  const manifests = dependencies.flatMap((id) => {
    const artifact = artifacts[id];
    return artifact?.type === 'cdk:asset-manifest' ? [artifact.properties?.file ?? ''] : [];
  });
  return {
    template: readJson(join(directory, properties?.templateFile ?? ''), z.unknown()),
    assets: manifests.flatMap((file) => readAssets(directory, file)),
  };
}

function readAssets(directory: string, file: string): readonly Asset[] {
  const { files } = readJson(join(directory, file), assetManifestShape);
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ bucketName, objectKey }) => ({
      bucketName,
      objectKey,
      path: resolve(directory, source.path),
    })),
  );
}

function readJson<Shape extends z.ZodType>(path: string, shape: Shape): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new TemplateError(path, `cannot be read: ${(error as Error).message}`);
  }
}
