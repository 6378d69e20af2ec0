import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { emptyTable } from './empty-table.ts';
import type { LocalOperator } from './local-operator.ts';

/** A role with its holder and an understudy, and the files of the runbook. */
export interface Scene {
  readonly operator: LocalOperator;
  readonly lead: string;
  readonly understudy: string;
  /** What the words of the runbook stand for. */
  readonly words: Readonly<Record<string, string>>;
}

export async function setScene(operator: LocalOperator): Promise<Scene> {
  const { theatre } = operator;
  const folder = await mkdtemp(join(tmpdir(), 'understudy-'));
  const roles = join(folder, 'roles.yaml');
  const event = join(folder, 'event.json');
  // A public address would change with what db does.
  await writeFile(roles, operator.rolesFile().replace('value: publicIp', 'value: privateName'));
  await operator.run(`roles apply ${roles}`);
  const lead = await theatre.launch('db,web');
  const understudy = await theatre.launch('db,web', 1);
  await writeFile(event, JSON.stringify(stateChange(operator, lead)));
  return { operator, lead, understudy, words: { 'roles.yaml': roles, 'event.json': event, INSTANCE: lead } };
}

/** An event that tells nothing new. */
function stateChange({ theatre }: LocalOperator, instanceId: string): object {
  return {
    id: '1',
    source: 'aws.ec2',
    'detail-type': 'EC2 Instance State-change Notification',
    time: new Date(theatre.clock.now()).toISOString(),
    detail: { 'instance-id': instanceId, state: 'running' },
  };
}

async function disableRules({ theatre }: LocalOperator, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    await theatre.stage.clients.events.send(new DisableRuleCommand({ Name: `understudy-${kind}` }));
  }
  // A pass that was due already is over then.
  await theatre.settle();
}

/** Fails calls of the deployed functions until `npm run deploy`, or until so many have failed. */
function failFunctions({ theatre }: LocalOperator, operation: string, timesMax?: number): void {
  const { cloud } = theatre.stage;
  for (const { accessKeyId } of cloud.rooms.lambda.functions()) {
    cloud.faults.add({
      accessKeyId,
      service: operation === 'BatchGetItem' ? 'dynamodb' : 'ec2',
      operation,
      ...(timesMax === undefined ? {} : { timesMax }),
      fault: { kind: 'error', code: 'RequestLimitExceeded', message: 'too many', status: 503 },
    });
  }
}

/** Empties and deletes the private zone, and makes another of its name. */
async function loseZone({ theatre }: LocalOperator): Promise<void> {
  const { clients, world } = theatre.stage;
  const HostedZoneId = world.privateZoneId;
  const { ResourceRecordSets = [] } = await clients.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId }),
  );
  const Changes = ResourceRecordSets.filter(({ Type }) => Type === 'A').map((ResourceRecordSet) => ({
    Action: 'DELETE' as const,
    ResourceRecordSet,
  }));
  await clients.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  await clients.route53.send(new DeleteHostedZoneCommand({ Id: HostedZoneId }));
  await clients.route53.send(
    new CreateHostedZoneCommand({
      Name: 'corp.internal',
      CallerReference: 'again',
      VPC: { VPCId: world.vpcId, VPCRegion: 'eu-west-1' },
    }),
  );
}

/** How each section's symptom comes about, and who holds db in the end. */
export const scenes: Readonly<
  Record<string, { readonly prepare: (scene: Scene) => Promise<void>; readonly ends: 'lead' | 'understudy' }>
> = {
  'What is wrong?': { prepare: async () => undefined, ends: 'lead' },
  'Events were lost': {
    prepare: async ({ operator, lead }) => {
      await disableRules(operator, ['resync', 'ec2-state-change']);
      await operator.theatre.terminate(lead);
    },
    ends: 'understudy',
  },
  'Dead letters': {
    prepare: async ({ operator, lead }) => {
      const { clients, deployment } = operator.theatre.stage;
      for (const MessageBody of ['no event', JSON.stringify(stateChange(operator, lead))]) {
        await clients.sqs.send(
          new SendMessageCommand({ QueueUrl: deployment.deadLetterQueueUrl, MessageBody }),
        );
      }
    },
    ends: 'lead',
  },
  'A broken deploy': {
    prepare: async ({ operator, lead }) => {
      failFunctions(operator, 'BatchGetItem');
      await operator.theatre.terminate(lead);
      await operator.theatre.settle(400_000);
    },
    ends: 'understudy',
  },
  'The account is throttled': {
    prepare: async ({ operator, lead }) => {
      failFunctions(operator, 'AssociateAddress', 20);
      await operator.theatre.terminate(lead);
    },
    ends: 'understudy',
  },
  'The table is gone': { prepare: async ({ operator }) => emptyTable(operator.theatre), ends: 'lead' },
  'A wrong move': {
    prepare: async ({ operator, understudy }) => {
      await operator.run(`failover db --to ${understudy} --wait`);
    },
    ends: 'lead',
  },
  'Nothing moves a role': {
    prepare: async ({ operator, lead }) => {
      await operator.run('freeze db');
      await operator.theatre.terminate(lead);
    },
    ends: 'understudy',
  },
  'A hosted zone is gone': { prepare: async ({ operator }) => loseZone(operator), ends: 'lead' },
};
