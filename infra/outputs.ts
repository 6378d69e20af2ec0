import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a stack tells whoever works with it: one output each, named as its key. */
export function createOutputs(
  scope: Construct,
  outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>,
): void {
  for (const [name, output] of Object.entries(outputs)) new CfnOutput(scope, name, output);
}
