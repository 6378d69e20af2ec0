import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { eventRules } from '../../../infra/event-rules.ts';
import { anApp, arnOf, idOf, resourcesOf, templateOf } from './synthesized.ts';

const json = templateOf(anApp({ roleTagKey: 'duty' }));
const template = Template.fromJSON({ ...json });
const kinds = eventRules('duty');

const queueArn = (name: string) => arnOf(json, 'QueueName', name);
const ruleArn = (name: string) => arnOf(json, 'Name', name);

/** Who may send to the queue, by its policy. */
function sendersTo(queueName: string): readonly unknown[] {
  const { PolicyDocument } =
    resourcesOf(json, 'AWS::SQS::QueuePolicy').find(
      ({ Properties }) =>
        JSON.stringify(Properties['Queues']) ===
        JSON.stringify([{ Ref: idOf(json, 'QueueName', queueName) }]),
    )?.Properties ?? {};
  const { Statement } = PolicyDocument as { Statement: readonly { Effect: string }[] };
  return Statement.filter(({ Effect }) => Effect === 'Allow');
}

const allowed = (queueName: string, ruleNames: readonly string[]) => ({
  Sid: 'OnlyOurRulesSend',
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: queueArn(queueName),
  Condition: { ArnEquals: { 'aws:SourceArn': ruleNames.map(ruleArn) } },
});

describe('a rule', () => {
  it('is there for each kind of event, and one for the schedule', () => {
    const names = resourcesOf(json, 'AWS::Events::Rule').map(({ Properties }) => Properties['Name']);

    expect(names).toEqual([...kinds.map(({ kind }) => `understudy-${kind}`), 'understudy-resync']);
  });

  it.each(kinds)(
    'for $kind lets through its pattern, to the queue, and keeps what it cannot deliver',
    ({ kind, eventPattern }) => {
      template.hasResourceProperties('AWS::Events::Rule', {
        Name: `understudy-${kind}`,
        State: Match.absent(),
        EventBusName: Match.absent(),
        EventPattern: Match.exact(eventPattern),
        Targets: [
          {
            Id: 'queue',
            Arn: queueArn('understudy-events'),
            RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: queueArn('understudy-undelivered') },
          },
        ],
      });
    },
  );

  it('for the resync invokes its function, which lets this rule do so', () => {
    const Arn = arnOf(json, 'FunctionName', 'understudy-resync');

    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'understudy-resync',
      ScheduleExpression: 'rate(1 minute)',
      Targets: [
        {
          Id: 'resync',
          Arn,
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 5 },
          DeadLetterConfig: { Arn: queueArn('understudy-undelivered') },
        },
      ],
    });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: Arn,
      Principal: 'events.amazonaws.com',
      SourceArn: ruleArn('understudy-resync'),
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });
});

describe('a queue', () => {
  const ofEvents = kinds.map(({ kind }) => `understudy-${kind}`);

  it('for events takes them from our rules only', () => {
    expect(sendersTo('understudy-events')).toEqual([allowed('understudy-events', ofEvents)]);
  });

  it('for what is undelivered takes it from our rules and the schedule only', () => {
    expect(sendersTo('understudy-undelivered')).toEqual([
      allowed('understudy-undelivered', [...ofEvents, 'understudy-resync']),
    ]);
  });

  it.each(['understudy-dead-letters', 'understudy-failed-resyncs'])('%s lets nobody in by itself', (name) => {
    expect(sendersTo(name)).toEqual([]);
  });
});

describe('the archive', () => {
  it('keeps exactly what the rules let through', () => {
    template.resourceCountIs('AWS::Events::Archive', 1);
    template.hasResourceProperties('AWS::Events::Archive', {
      ArchiveName: 'understudy-events',
      SourceArn: {
        'Fn::Sub': Match.stringLikeRegexp('^arn:.*:event-bus/default$'),
      },
      EventPattern: Match.exact({ $or: kinds.map(({ eventPattern }) => eventPattern) }),
      RetentionDays: 14,
    });
  });

  it('has a pattern that EventBridge takes without a higher quota', () => {
    const [archive] = resourcesOf(json, 'AWS::Events::Archive');

    expect(JSON.stringify(archive?.Properties['EventPattern']).length).toBeLessThanOrEqual(2_048);
  });
});
