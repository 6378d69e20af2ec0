import type { Surroundings } from '../core/surroundings.ts';

/**
 * What a template knows without declaring it; `AWS::NoValue` is undefined, which takes away what holds it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameters(
  { accountId, region, partition }: Surroundings,
  stack: { readonly name: string; readonly id: string },
): ReadonlyMap<string, string | undefined> {
  return new Map([
    ['AWS::AccountId', accountId],
    ['AWS::NoValue', undefined],
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::StackId', stack.id],
    ['AWS::StackName', stack.name],
    ['AWS::URLSuffix', partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
  ]);
}
