import type { Honesty } from '../core/service.ts';

const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const authorization = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/** What is modelled of IAM, by subject: it has no operations, roles come from templates and from code. */
export const iamHonesty: ReadonlyMap<string, Honesty> = new Map([
  [
    'policies',
    {
      modelled: [
        'Inline, managed and trust policies of roles; the policies of queues and functions.',
        'Action, NotAction, Resource, NotResource with wildcards; an explicit denial wins.',
        'The operators for strings, ARNs, numbers, Bool and Null, with IfExists, ForAllValues and ForAnyValue.',
        'An operator, condition key or policy variable that is not judged is refused by name when the policy is put; so is a key with several values without ForAllValues or ForAnyValue, which AWS takes.',
        'Three policies of AWS: AWSLambdaBasicExecutionRole, AWSLambdaSQSQueueExecutionRole, AWSXRayDaemonWriteAccess.',
      ],
      notModelled: [
        'Users, groups, permissions boundaries, session policies, service control policies.',
        'Operators for dates, IP addresses and binary values. The size of policies.',
      ],
      sources: [
        `${guide}/reference_policies_evaluation-logic.html`,
        `${guide}/reference_policies_elements_condition_operators.html`,
        `${guide}/reference_policies_elements_resource.html`,
      ],
    },
  ],
  [
    'judging calls',
    {
      modelled: [
        "A call with a role's access key, before anything else happens to it but its schema and the request limits. Every other key is root.",
        'Per operation the actions, the ARNs of all resources and their condition keys: tags, region, zone, VPC and subnet of EC2; names, types and actions of Route 53; leading keys of DynamoDB; tags of Auto Scaling groups.',
        'Denied with the code and the words of the service.',
        'An operation whose needs are not known is refused by name.',
        'EventBridge needs the policy of its target.',
      ],
      notModelled: [
        'The tags of target groups. Other condition keys of these services.',
        'The seconds until a changed policy is everywhere.',
      ],
      sources: [
        `${authorization}/list_amazonec2.html`,
        `${authorization}/list_amazonroute53.html`,
        `${authorization}/list_amazondynamodb.html`,
        `${guide}/troubleshoot_access-denied.html`,
        'unverified: that AssociateAddress and ModifyNetworkInterfaceAttribute are judged by the instance that an interface is attached to, which the reference calls optional; that what does not exist is NotFound before it is denied; whether limits come before permissions',
      ],
    },
  ],
]);
