import { AssociateVPCWithHostedZoneCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { stageRegion } from '../../demo/stage.ts';
import { Ground } from './controller/addresses/ground.ts';

/** The account that the examples speak of, in localcloud: whatever they name by an id, there is. */
export class ExampleWorld {
  readonly ground: Ground;
  readonly #realIds: ReadonlyMap<string, string>;

  private constructor(ground: Ground, realIds: ReadonlyMap<string, string>) {
    this.ground = ground;
    this.#realIds = realIds;
  }

  static async open(): Promise<ExampleWorld> {
    const ground = await Ground.open();
    await createZones(ground);
    for (let number = 0; number < 4; number++) await ground.elasticIp({ farm: 'web' });
    return new ExampleWorld(ground, await createAll(ground));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.ground[Symbol.asyncDispose]();
  }

  /** An example, or a part of one, with the ids of what there is here. */
  translate(text: string): string {
    return [...this.#realIds].reduce((result, [example, real]) => result.replaceAll(example, real), text);
  }
}

/** From each id of the examples to that of what stands for it here, the account's own last: it is part of others. */
async function createAll(ground: Ground): Promise<ReadonlyMap<string, string>> {
  const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup';
  return new Map([
    ['vpc-0a1b2c3d4e5f60718', ground.vpcId],
    ['subnet-0a1b2c3d4e5f6000a', ground.subnetIds.a],
    ['2001:db8:1234:1a00', ground.ipv6Prefix],
    ['eipalloc-0a1b2c3d4e5f60001', await ground.elasticIp()],
    ['eipalloc-0a1b2c3d4e5f60002', await ground.elasticIp()],
    ['eipalloc-0a1b2c3d4e5f60003', await ground.elasticIp()],
    ['eipalloc-0a1b2c3d4e5f60004', await ground.elasticIp()],
    ['eni-0a1b2c3d4e5f60001', await ground.networkInterface()],
    ['eni-0a1b2c3d4e5f60002', await ground.networkInterface()],
    ['rtb-0a1b2c3d4e5f60001', await ground.routeTable()],
    ['rtb-0a1b2c3d4e5f60002', await ground.routeTable()],
    [`${targetGroup}/scheduler/0123456789abcdef`, await ground.targetGroup('scheduler')],
    [`${targetGroup}/appliance/0123456789abcde0`, await ground.targetGroup('appliance')],
    ['111122223333', ground.theatre.stage.cloud.surroundings.accountId],
  ]);
}

/** Beside the zones of the stage example.org, a public and a private zone, and a reverse zone. */
async function createZones({ theatre, vpcId }: Ground): Promise<void> {
  const { clients, world } = theatre.stage;
  const VPC = { VPCId: vpcId, VPCRegion: stageRegion } as const;
  const create = (Name: string, more: object = {}) =>
    clients.route53.send(
      new CreateHostedZoneCommand({ Name, CallerReference: JSON.stringify([Name, more]), ...more }),
    );
  await clients.route53.send(
    new AssociateVPCWithHostedZoneCommand({ HostedZoneId: world.privateZoneId, VPC }),
  );
  await create('example.org');
  await create('example.org', { VPC });
  await create('10.in-addr.arpa', { VPC });
}
