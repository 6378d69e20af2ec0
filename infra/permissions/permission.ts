import { Fn, Token, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** One statement that allows something, written by hand: what may be done, to what, on what condition. */
export interface Permission {
  /** What it is for, in one word; unique within its policy. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** ARNs: attributes of the stack's own resources, or texts in which `${AWS::Region}` and the like stand for their values. */
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why it names resources by a wildcard, where it does. */
  readonly wildcard?: string;
}

/** The permissions as a policy, one statement each, in this order. */
export function policyOf(permissions: readonly Permission[]): PolicyDocument {
  return new PolicyDocument({
    minimize: false,
    statements: permissions.map(
      ({ sid, actions, resources, conditions }) =>
        new PolicyStatement({
          sid,
          actions: [...actions],
          resources: resources.map((arn) => (arn.includes('${AWS::') ? Fn.sub(arn) : arn)),
          ...(conditions === undefined ? {} : { conditions }),
        }),
    ),
  });
}

/** Tells cdk-nag why wildcards stand where they stand: the reasons that the permissions give, resource by resource. */
export function acknowledgeWildcards(construct: IConstruct, permissions: readonly Permission[]): void {
  const reasons = new Map<string, Set<string>>();
  for (const { resources, wildcard } of permissions) {
    for (const arn of resources.filter((text) => text.includes('*') && !Token.isUnresolved(text))) {
      reasons.set(arn, (reasons.get(arn) ?? new Set()).add(wildcard ?? ''));
    }
  }
  for (const [arn, why] of reasons) {
    const reason = [...why].filter((text) => text !== '').join(' ');
    // One without a reason is left for cdk-nag to refuse.
    if (reason === '') continue;
    const finding = arn.replaceAll('${', '<').replaceAll('}', '>');
    Validations.of(construct).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
  }
}
