import { aQueue, aRole, code, getAtt, ref, writeLogs } from './a-stack.ts';

/** A queue's policy that lets one rule send. */
export const mayReceiveFrom = (queue: string, rule: string): object => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [ref(queue)],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: getAtt(queue, 'Arn'),
          Condition: { ArnEquals: { 'aws:SourceArn': getAtt(rule, 'Arn') } },
        },
      ],
    },
  },
});

const work = {
  Sid: 'Work',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Resource: getAtt('Jobs', 'Arn'),
};
const report = { Sid: 'Report', Action: 'sqs:SendMessage', Resource: getAtt('Results', 'Arn') };

export const statements = [work, report, writeLogs];

/** Rule -> queue `Jobs` -> function `Collect` -> queue `Results`; what cannot be delivered goes to `Dead`. */
export const aFlow = {
  Dead: aQueue(),
  Results: aQueue(),
  Jobs: aQueue({ VisibilityTimeout: 30 }),
  Role: aRole(...statements),
  Collect: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: code,
      Handler: 'collect.handler',
      Runtime: 'nodejs24.x',
      Role: getAtt('Role', 'Arn'),
      Timeout: 10,
      Environment: { Variables: { RESULTS_URL: ref('Results') } },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: getAtt('Jobs', 'Arn'),
      FunctionName: ref('Collect'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  Launches: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.ec2'], detail: { state: ['running'] } },
      Targets: [{ Id: 'jobs', Arn: getAtt('Jobs', 'Arn'), DeadLetterConfig: { Arn: getAtt('Dead', 'Arn') } }],
    },
  },
  JobsPolicy: mayReceiveFrom('Jobs', 'Launches'),
  DeadPolicy: mayReceiveFrom('Dead', 'Launches'),
};

export const running = {
  source: 'aws.ec2',
  detailType: 'EC2 Instance State-change Notification',
  resources: [],
  detail: { 'instance-id': 'i-0123456789abcdef0', state: 'running' },
};
