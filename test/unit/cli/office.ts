import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Aws } from '../../../cli/compose.ts';
import { composeAws } from '../../../cli/compose.ts';
import { connectionOf } from '../../../cli/connection.ts';
import { readEnvironment } from '../../../cli/environment.ts';
import { launch } from '../../../demo/actors.ts';
import { clientsOf } from '../../../demo/clients.ts';
import type { World } from '../../../demo/world.ts';
import { createWorld } from '../../../demo/world.ts';
import type { Cloud } from '../../../localcloud/cloud.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import type { HttpFront } from '../../../localcloud/front/http-server.ts';
import { startHttpFront } from '../../../localcloud/front/http-server.ts';
import type { InstanceId } from '../../../shared/model/ids.ts';
import { instanceIdSchema, roleNameSchema } from '../../../shared/model/ids.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import { reconcileTriggers } from '../../../shared/reconcile/reconcile-triggers.ts';
import { parseEventText } from '../../../shared/triggers/parse-event.ts';
import type { Answer, OperatorOptions } from '../../e2e/cli/operator.ts';
import { operate } from '../../e2e/cli/operator.ts';

/** Who localcloud says that everybody is. */
export const me = 'arn:aws:iam::123456789012:user/localcloud';

interface Parts {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly front: HttpFront;
  readonly world: World;
  readonly queueUrl: string;
  readonly aws: Aws;
}

/**
 * An operator at a cloud with a table and a queue and nothing deployed. The controller is in this program: it takes what is
 * in the queue when it is told to, or whenever a command sleeps.
 */
export class Office {
  readonly #parts: Parts;
  /** Whether the controller takes messages while a command waits. */
  isControllerAwake = true;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async open(): Promise<Office> {
    const clock = new VirtualClock();
    const cloud = createCloud({ region: 'eu-west-1', seed: 1, clock, isCheckingInvariants: true });
    const front = await startHttpFront(cloud, { port: 0, host: '127.0.0.1' });
    const clients = clientsOf(cloud);
    await clients.dynamodb.send(
      new CreateTableCommand({
        TableName: 'understudy',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      }),
    );
    const queue = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'understudy-events' }));
    const world = await createWorld(clients, 'eu-west-1');
    const connection = connectionOf({ endpointUrl: front.url, roleTagKey: 'role' }, readEnvironment({}));
    let names = 0;
    const aws = await composeAws(connection, {
      now: () => clock.now(),
      sleep: async (durationMs) => clock.advanceBy(durationMs),
      uniqueName: () => `controller-${++names}`,
    });
    return new Office({ cloud, clock, front, world, aws, queueUrl: queue.QueueUrl ?? '' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { aws, cloud, front } = this.#parts;
    aws.close();
    await cloud.close();
    await front.close();
  }

  get world(): World {
    return this.#parts.world;
  }

  get clock(): VirtualClock {
    return this.#parts.clock;
  }

  /** Names of the operations that wrote something since a point of the call log. */
  writesSince(sequence: number): readonly string[] {
    return this.#parts.cloud.callLog
      .calls({ since: sequence })
      .filter(({ effect }) => effect === 'write')
      .map(({ operation }) => operation);
  }

  get sequence(): number {
    return this.#parts.cloud.callLog.sequence;
  }

  /** Runs one command line over HTTP. */
  async run(commandLine: string, options: OperatorOptions = {}): Promise<Answer> {
    const { front, clock } = this.#parts;
    // No two words are said in the same moment.
    clock.advanceBy(1);
    return operate(commandLine.split(' '), {
      endpointUrl: front.url,
      now: () => clock.now(),
      sleep: (durationMs) => this.pass(durationMs),
      ...options,
    });
  }

  async read(commandLine: string): Promise<Record<string, unknown>> {
    return JSON.parse((await this.run(`${commandLine} --json`)).stdout);
  }

  async apply(file: string, flags = ''): Promise<Answer> {
    return this.run(`roles apply -${flags}`, { input: file });
  }

  /** The role `db`: the Elastic IP of the world and a private record; `more` goes into its spec. */
  async applyDb(more: object = {}): Promise<Answer> {
    const spec = {
      addresses: [{ elasticIp: this.world.allocationId }],
      records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' }],
      ...more,
    };
    return this.apply(JSON.stringify({ roles: { db: spec } }));
  }

  /** Launches an instance and waits until it runs. */
  async launch(role?: string, subnet: 0 | 1 = 0): Promise<InstanceId> {
    const { cloud, clock } = this.#parts;
    const id = await launch(
      { clients: clientsOf(cloud) } as Parameters<typeof launch>[0],
      this.world.subnetIds[subnet],
      role,
    );
    clock.advanceBy(60_000);
    return instanceIdSchema.parse(id);
  }

  async terminate(id: InstanceId): Promise<void> {
    const { cloud, clock } = this.#parts;
    await clientsOf(cloud).ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    clock.advanceBy(60_000);
  }

  /** Has the controller reconcile roles, as an event would. */
  async wake(...roles: readonly string[]): Promise<void> {
    const event = {
      id: 'a-test',
      source: 'understudy',
      'detail-type': 'Operator Request',
      time: new Date(this.clock.now()).toISOString(),
      detail: { roles, words: 'the beginning of a test' },
    };
    const { aws, queueUrl } = this.#parts;
    await aws.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }),
    );
    await this.takeMessages();
    // Past the cooldown, and past the time in which a read is not believed.
    this.clock.advanceBy(120_000);
  }

  /** The bodies of the messages that the controller took; it has acted on them. */
  async takeMessages(): Promise<readonly string[]> {
    const { aws, queueUrl, clock } = this.#parts;
    const { Messages = [] } = await aws.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    const bodies = Messages.map(({ Body = '' }) => Body);
    const triggers = bodies.flatMap((body) => {
      const parsed = parseEventText(body);
      return parsed.kind === 'trigger' && parsed.trigger.kind !== 'scheduled-resync' ? [parsed.trigger] : [];
    });
    if (triggers.length > 0) {
      await reconcileTriggers(aws.ports, aws.settings, triggers, clock.now() + 60_000);
    }
    for (const { ReceiptHandle } of Messages) {
      await aws.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
    return bodies;
  }

  /** Lets time pass; what is in the queue is taken, if the controller is awake. */
  async pass(durationMs: number): Promise<void> {
    this.clock.advanceBy(durationMs);
    if (this.isControllerAwake) await this.takeMessages();
    await pause(0);
  }

  async state(role = 'db'): Promise<RoleState> {
    const { stored } = await this.#parts.aws.ports.store.readRoles([roleNameSchema.parse(role)]);
    const [first] = stored;
    if (first === undefined) throw new Error(`no role ${role}`);
    return first.state;
  }

  async holder(role = 'db', slot = 0): Promise<InstanceId | undefined> {
    return (await this.state(role)).slots.find((each) => each.slot === slot)?.holder;
  }

  async tagOf(id: InstanceId): Promise<string | undefined> {
    const [instance] = await this.#parts.aws.ports.ec2.instancesById([id]);
    return instance?.tags['role'];
  }
}
