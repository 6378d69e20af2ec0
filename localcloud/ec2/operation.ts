import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Honesty, type Operation, operation } from '../core/service.ts';

/** An EC2 operation, without the `DryRun` parameter that nearly all of them have. */
export interface Ec2Definition<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly effect: 'read' | 'write';
  readonly input: Shape;
  /** False for the few actions that AWS gives no `DryRun`. */
  readonly hasDryRun?: false;
  readonly run: (input: z.infer<z.ZodObject<Shape, z.core.$strict>>) => object;
  readonly honesty: Honesty;
}

/**
 * Adds `DryRun`, which answers with the error DryRunOperation and changes nothing. What the state would refuse is
 * not found out by a dry run: AWS only promises a check of permissions.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html
 */
export function ec2Operation<Shape extends z.ZodRawShape>(definition: Ec2Definition<Shape>): Operation {
  const { name, effect, honesty, run } = definition;
  const shape =
    definition.hasDryRun === false
      ? definition.input
      : { ...definition.input, DryRun: z.boolean().optional() };
  return operation({
    name,
    effect,
    honesty,
    input: z.strictObject(shape),
    run: (input) => {
      const { DryRun, ...rest } = input as { DryRun?: boolean };
      if (DryRun === true)
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
      return run(rest as Parameters<typeof run>[0]);
    },
  });
}

/** The API reference page of an EC2 action. */
export function ec2Page(action: string): string {
  return `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${action}.html`;
}
