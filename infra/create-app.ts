import { dirname } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundlePath } from './build.ts';
import { readParameters } from './parameters.ts';
import { UnderstudyStack } from './understudy-stack.ts';

export interface AppOptions {
  /** Parameters, besides those that CDK's command hands over. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the assembly goes: where CDK's command wants it, or a temporary folder. */
  readonly outdir?: string;
  /** Folder of a function's bundle, which must have been built. */
  readonly bundleOf?: (name: string) => string;
}

/** What would make the template say more than what is to be deployed, or differ from one machine to the next. */
const plainTemplate = {
  // How CDK recommends to behave since it began: nothing here is old enough to need anything else.
  ...CURRENTLY_RECOMMENDED_FLAGS,
  'aws:cdk:enable-path-metadata': false,
  'aws:cdk:enable-asset-metadata': false,
  // What CloudFormation would refuse is an error here, not a warning.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

/**
 * The stack, ready to be synthesized, offline and for any account. The synthesis fails with CDK's own error when the
 * template offends against cdk-nag or CloudFormation's rules.
 * @throws InvalidParameters when the context says something that is not allowed.
 */
export function createApp({
  context = {},
  outdir,
  bundleOf = (name) => dirname(bundlePath(name)),
}: AppOptions = {}): App {
  const app = new App({
    context: { ...context },
    postCliContext: plainTemplate,
    analyticsReporting: false,
    performanceReporting: false,
    treeMetadata: false,
    autoSynth: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new UnderstudyStack(app, { parameters: readParameters(app.node.getAllContext()), bundleOf });
  return app;
}
