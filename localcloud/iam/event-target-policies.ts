import type { Iam } from './iam.ts';

/** The rooms whose resources EventBridge sends to. */
interface TargetPolicies {
  readonly iam: Iam;
  readonly sqs: {
    queues(): readonly { readonly arn: string; readonly settings: { readonly Policy?: string } }[];
  };
  readonly lambda: {
    functions(): readonly { readonly arn: string }[];
    readonly permissions: { policyOf(functionArn: string): string | undefined };
  };
}

const principal = 'events.amazonaws.com';

/**
 * Whether the policy of a queue or function lets EventBridge send it what a rule matched.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function maySendTo({ iam, sqs, lambda }: TargetPolicies, targetArn: string, ruleArn: string): boolean {
  const call = { principal, resource: targetArn, sourceArn: ruleArn };
  const isTarget = ({ arn }: { readonly arn: string }): boolean => arn === targetArn;
  // That a target is not there is told by the delivery.
  if (targetArn.split(':')[2] === 'sqs') {
    const queue = sqs.queues().find(isTarget);
    return (
      queue === undefined ||
      iam.isServiceAllowed(queue.settings.Policy, { ...call, action: 'sqs:SendMessage' })
    );
  }
  return (
    !lambda.functions().some(isTarget) ||
    iam.isServiceAllowed(lambda.permissions.policyOf(targetArn), {
      ...call,
      action: 'lambda:InvokeFunction',
    })
  );
}

/** The text of a queue's policy; undefined when it has none, or is not there. */
export function queuePolicy({ sqs }: Pick<TargetPolicies, 'sqs'>, queueArn: string): string | undefined {
  return sqs.queues().find(({ arn }) => arn === queueArn)?.settings.Policy;
}
