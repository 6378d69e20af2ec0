import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  type Instance,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { launch, replay, terminate } from '../../../demo/actors.ts';
import { type Stage, type StageOptions, setStage } from '../../../demo/stage.ts';
import { type OutcomeLine, type Sighting, Witness } from '../../../demo/witness.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import { settle } from '../../../localcloud/lambda/settle.ts';
import { createRoleCatalogue } from '../../../shared/adapters/dynamodb/role-catalogue.ts';
import { createRoleStore } from '../../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../../shared/adapters/dynamodb/table.ts';
import type { HistoryEntry } from '../../../shared/model/history-entry.ts';
import { hostedZoneIdSchema, type RoleName, roleNameSchema } from '../../../shared/model/ids.ts';
import { roleSpecSchema } from '../../../shared/model/role-spec.ts';
import type { SlotState } from '../../../shared/model/role-state.ts';

/** The deployed controller in a small world on a virtual clock, and eyes to see what came of things. */
export class Theatre {
  readonly stage: Stage;
  readonly witness: Witness;
  readonly clock: VirtualClock;
  readonly #table: Table;

  constructor(stage: Stage, clock: VirtualClock) {
    this.stage = stage;
    this.clock = clock;
    this.witness = new Witness(stage.cloud);
    this.#table = new Table(
      DynamoDBDocumentClient.from(stage.clients.dynamodb),
      stage.deployment.tableName,
      async () => undefined,
    );
  }

  /** `template` is deployed instead of the synthesized one. */
  static async open(options: Pick<StageOptions, 'template' | 'roomOptions' | 'seed'> = {}): Promise<Theatre> {
    const clock = new VirtualClock();
    return new Theatre(await setStage({ port: 0, clock, isBuilding: false, ...options }), clock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stage.close();
  }

  /** Puts a role into the table as `roles apply` does. */
  async define(name: string, spec: object): Promise<void> {
    const { publicZoneId, privateZoneId } = this.stage.world;
    const version = ((await this.#specVersion(name)) ?? 0) + 1;
    const isApplied = await createRoleCatalogue(this.#table).apply({
      name: roleNameSchema.parse(name),
      spec: roleSpecSchema.parse(spec),
      version,
      zoneIds: {
        'example.com': hostedZoneIdSchema.parse(publicZoneId),
        'corp.internal': hostedZoneIdSchema.parse(privateZoneId),
      },
      reverseZones: [],
    });
    if (!isApplied) throw new Error(`${name} was not applied`);
  }

  /** The role of most tests: one Elastic IP and one record of the holder's private address. */
  async defineDb(overrides: object = {}): Promise<void> {
    await this.define('db', {
      addresses: [{ elasticIp: this.stage.world.allocationId }],
      records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' }],
      ...overrides,
    });
  }

  async #specVersion(name: string): Promise<number | undefined> {
    const {
      stored: [stored],
    } = await this.#store().readRoles([roleNameSchema.parse(name)]);
    return stored?.role.version;
  }

  #store() {
    return createRoleStore(this.#table, { historyDays: 1, goneInstanceDays: 1 }, () => this.clock.now());
  }

  /** Launches an instance and lets everything happen that follows from it. */
  async launch(
    role: string | undefined,
    subnet: 0 | 1 = 0,
    more: Partial<RunInstancesCommandInput> = {},
  ): Promise<string> {
    const id = await launch(this.stage, this.stage.world.subnetIds[subnet], role, more);
    await this.settle();
    return id;
  }

  async terminate(id: string): Promise<void> {
    await terminate(this.stage, id);
    await this.settle();
  }

  /** Delivers events again. */
  async replay(events: readonly object[]): Promise<void> {
    await replay(this.stage, events);
    await this.settle();
  }

  /** Ends every warm environment of the functions: what they knew is only what the table keeps. */
  restartFunctions(): void {
    const { lambda } = this.stage.cloud.rooms;
    for (const { name } of lambda.functions()) lambda.updateFunction(name, {});
  }

  /** Lets half a minute pass: instances start and stop, events arrive, the controller answers. No resync is due. */
  async settle(durationMs = 30_000): Promise<void> {
    const endMs = this.clock.now() + durationMs;
    await settle(this.stage.cloud, { horizonMs: durationMs });
    this.clock.advanceTo(endMs);
  }

  /** What invocations of the event function have ended since `from`. */
  sightings(from = 0): readonly Sighting[] {
    return this.witness.sightings
      .slice(from)
      .filter(({ functionName }) => functionName.endsWith('on-events'));
  }

  outcomes(from = 0): readonly OutcomeLine[] {
    return this.sightings(from).flatMap(({ outcomes }) => outcomes);
  }

  /** EC2 events so far, as they were on the bus. */
  events(instanceId?: string): readonly object[] {
    return this.witness.events.filter(
      ({ source, detail }) =>
        source === 'aws.ec2' &&
        (instanceId === undefined || Reflect.get(detail, 'instance-id') === instanceId),
    );
  }

  async slot(name = 'db'): Promise<SlotState | undefined> {
    return (await this.slots(name))[0];
  }

  async slots(name: string): Promise<readonly SlotState[]> {
    const {
      stored: [stored],
    } = await this.#store().readRoles([roleNameSchema.parse(name)]);
    return stored?.state.slots ?? [];
  }

  async history(name = 'db'): Promise<readonly HistoryEntry[]> {
    return createRoleCatalogue(this.#table).history(name as RoleName, 100);
  }

  /** The instance that the Elastic IP is with. */
  async elasticIpAt(allocationId = this.stage.world.allocationId): Promise<string | undefined> {
    const command = new DescribeAddressesCommand({ AllocationIds: [allocationId] });
    const { Addresses = [] } = await this.stage.clients.ec2.send(command);
    return Addresses[0]?.InstanceId;
  }

  /** Values of the record at a name of the private zone; undefined when there is none. */
  async record(
    name = 'db.corp.internal',
    zoneId = this.stage.world.privateZoneId,
  ): Promise<string | undefined> {
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId });
    const { ResourceRecordSets = [] } = await this.stage.clients.route53.send(command);
    const found = ResourceRecordSets.find((each) => each.Name === `${name}.`);
    return found?.ResourceRecords?.map(({ Value }) => Value).join(' ');
  }

  async instance(instanceId: string): Promise<Instance> {
    const command = new DescribeInstancesCommand({ InstanceIds: [instanceId] });
    const { Reservations = [] } = await this.stage.clients.ec2.send(command);
    return Reservations[0]?.Instances?.[0] ?? {};
  }

  async privateIpOf(instanceId: string): Promise<string | undefined> {
    return (await this.instance(instanceId)).PrivateIpAddress;
  }

  async deadLetters(): Promise<number> {
    const { Attributes = {} } = await this.stage.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.stage.deployment.deadLetterQueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(Attributes['ApproximateNumberOfMessages']);
  }
}
