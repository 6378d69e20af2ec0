import { z } from 'zod';
import { resourceType, type Workshop, wholeNumber } from '../resource-type.ts';

/*
 * Resources that localcloud keeps and names, and that nothing here makes use of.
 */

function arn(
  { surroundings: { partition, region, accountId } }: Workshop,
  service: string,
  rest: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

/** Functions write past it: see `lambda.logLines`. */
export const logGroup = resourceType({
  name: 'AWS::Logs::LogGroup',
  shape: { LogGroupName: z.string().optional(), RetentionInDays: wholeNumber.optional() },
  withoutEffect: ['DataProtectionPolicy', 'DeletionProtectionEnabled', 'KmsKeyId', 'LogGroupClass', 'Tags'],
  attributeNames: ['Arn'],
  replacedBy: ['LogGroupName'],
  create: ({ logicalId, properties, workshop }) => {
    const name = properties.LogGroupName ?? workshop.nameFor(logicalId, 512);
    return { ref: name, attributes: { Arn: `${arn(workshop, 'logs', `log-group:${name}`)}:*` } };
  },
  update: (_subject, current) => current,
  remove: () => undefined,
});

export const snsTopic = resourceType({
  name: 'AWS::SNS::Topic',
  shape: { TopicName: z.string().optional() },
  withoutEffect: ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'Tags', 'TracingConfig'],
  attributeNames: ['TopicArn', 'TopicName'],
  replacedBy: ['TopicName'],
  create: ({ logicalId, properties, workshop }) => {
    const TopicName = properties.TopicName ?? workshop.nameFor(logicalId, 256);
    const TopicArn = arn(workshop, 'sns', TopicName);
    return { ref: TopicArn, attributes: { TopicArn, TopicName } };
  },
  update: (_subject, current) => current,
  remove: () => undefined,
});

export const snsSubscription = resourceType({
  name: 'AWS::SNS::Subscription',
  shape: { TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string() },
  withoutEffect: ['DeliveryPolicy', 'FilterPolicy', 'RawMessageDelivery', 'RedrivePolicy', 'Region'],
  attributeNames: ['Arn'],
  create: ({ properties, workshop }) => {
    const subscriptionArn = `${properties.TopicArn}:${workshop.surroundings.random.fork(properties.Endpoint).uuid()}`;
    return { ref: subscriptionArn, attributes: { Arn: subscriptionArn } };
  },
  remove: () => undefined,
});

export const snsTopicPolicy = resourceType({
  name: 'AWS::SNS::TopicPolicy',
  shape: { PolicyDocument: z.looseObject({}), Topics: z.array(z.string()) },
  attributeNames: ['Id'],
  create: ({ logicalId, properties, workshop }) => {
    workshop.iam.checkResourcePolicy(JSON.stringify(properties.PolicyDocument));
    const id = workshop.nameFor(logicalId, 255);
    return { ref: id, attributes: { Id: id } };
  },
  update: ({ properties, workshop }, current) => {
    workshop.iam.checkResourcePolicy(JSON.stringify(properties.PolicyDocument));
    return current;
  },
  remove: () => undefined,
});

/** What the CDK tells AWS of how a stack was made. */
export const cdkMetadata = resourceType({
  name: 'AWS::CDK::Metadata',
  shape: {},
  withoutEffect: ['Analytics'],
  create: ({ logicalId, workshop }) => ({ ref: workshop.nameFor(logicalId, 255) }),
  update: (_subject, current) => current,
  remove: () => undefined,
});
