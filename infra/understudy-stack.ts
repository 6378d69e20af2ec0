import { DefaultStackSynthesizer, type IStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createAlarms } from './alarms.ts';
import { createFunctions } from './controller-functions.ts';
import { createDashboard } from './dashboard.ts';
import { namesOf } from './names.ts';
import { createOutputs } from './outputs.ts';
import type { Parameters } from './parameters.ts';
import { pascalCase } from './pascal-case.ts';
import { createPeoplePolicies } from './permissions/people.ts';
import { createQueues } from './queues.ts';
import { createRules } from './rules.ts';
import { createTable } from './table.ts';

export interface UnderstudyStackProps {
  readonly parameters: Parameters;
  /** Folder of a function's bundle. */
  readonly bundleOf: (name: string) => string;
}

/** Everything that one controller is made of, for any account and region. */
export class UnderstudyStack extends Stack {
  constructor(scope: Construct, { parameters, bundleOf }: UnderstudyStackProps) {
    super(scope, parameters.name, {
      stackName: parameters.name,
      description: 'Understudy: moves the addresses and DNS records of roles between EC2 instances',
      // The command checks the bootstrap version; a rule in the template would say the same again.
      // (CDK's own class and interface disagree about optional properties.)
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    const names = namesOf(parameters.name);
    const table = createTable(this, names.table);
    const queues = createQueues(this, names);
    const functions = createFunctions(this, { names, parameters, table, queues, bundleOf });
    const bus = createRules(this, { names, parameters, queues, resync: functions.resync });
    const alarms = createAlarms(this, names, { parameters, queues, functions });
    createDashboard(this, { parameters, queues, functions }, alarms);
    const policies = createPeoplePolicies(this, {
      parameters,
      tableArn: table.tableArn,
      archiveArn: bus.archive.attrArn,
      queues,
    });
    Tags.of(this).add('application', 'understudy');
    Tags.of(this).add('understudy-stack', parameters.name);
    createOutputs(this, {
      TableName: { description: 'Roles and their state', value: table.tableName },
      EventsQueueUrl: { description: 'Where events wait', value: queues.events.queueUrl },
      DeadLetterQueueUrl: { description: 'Events that were given up', value: queues.deadLetters.queueUrl },
      UndeliveredQueueUrl: {
        description: 'Events that EventBridge could not deliver',
        value: queues.undelivered.queueUrl,
      },
      FailedResyncsQueueUrl: {
        description: 'Passes of the resync that failed',
        value: queues.failedResyncs.queueUrl,
      },
      ArchiveArn: { description: 'Events for replays', value: bus.archive.attrArn },
      OnEventsFunctionName: {
        description: 'The function that events wake',
        value: functions['on-events'].functionName,
      },
      ResyncFunctionName: {
        description: 'The function that goes through all roles',
        value: functions.resync.functionName,
      },
      ...Object.fromEntries(
        bus.rules.map(({ kind, rule }) => [
          `Rule${pascalCase(kind)}Arn`,
          { description: `Rule for ${kind}`, value: rule.attrArn },
        ]),
      ),
      ResyncRuleArn: { description: 'Schedule of the resync', value: bus.resyncRule.attrArn },
      RoleWritersPolicyArn: {
        description: 'Policy for who may write roles',
        value: policies.roleWriters.managedPolicyArn,
      },
      RoleTaggersPolicyArn: {
        description: 'Policy for who may tag instances',
        value: policies.roleTaggers.managedPolicyArn,
      },
    });
  }
}
