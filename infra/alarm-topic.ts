import { Fn } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Names } from './names.ts';
import { arnOf } from './permissions/arns.ts';

/**
 * Whom the alarms tell. It is not encrypted with a key: an alarm says no secret, and CloudWatch can publish to an encrypted
 * topic only by a key of the customer's own.
 */
export function createAlarmTopic(scope: Construct, names: Names, email: string | undefined): Topic {
  const topic = new Topic(scope, 'Alarms', { topicName: names.alarmTopic });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyOurAlarmsPublish',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': Fn.sub(arnOf('cloudwatch', `alarm:${names.alarmOf('*')}`)) },
      },
    }),
  );
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DenyPlainHttp',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
