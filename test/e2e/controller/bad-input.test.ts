import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ChangeResourceRecordSetsCommand, DeleteHostedZoneCommand } from '@aws-sdk/client-route-53';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { launch } from '../../../demo/actors.ts';
import { Theatre } from './theatre.ts';

describe('bad input and bad luck', () => {
  it('lets a malformed message end in the dead-letter queue, and serves what came with it', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    await theatre.stage.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: theatre.stage.deployment.queueUrl,
        MessageBody: '{"hello":"world"}',
      }),
    );

    const lead = await theatre.launch('db');
    await theatre.settle(400_000);

    expect(await theatre.deadLetters()).toBe(1);
    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('ignores a tag that names no defined role', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();

    await theatre.launch('ROLE#db, nobody, ../../etc');

    expect(theatre.outcomes().map(({ outcome }) => outcome)).toEqual(['ignored', 'ignored']);
    expect(await theatre.elasticIpAt()).toBeUndefined();
    expect(await theatre.deadLetters()).toBe(0);
  });

  it('refuses an Elastic IP that does not exist, and touches nothing that depends on it', async () => {
    await using theatre = await Theatre.open();
    await theatre.define('db', {
      addresses: [{ elasticIp: 'eipalloc-0123456789abcdef0' }],
      records: [{ zone: 'example.com', name: 'db.example.com', value: 'elasticIp' }],
    });

    await theatre.launch('db');

    expect(theatre.outcomes().at(-1)).toMatchObject({ outcome: 'refused' });
    expect(theatre.outcomes().at(-1)?.refusals[0]?.words).toContain('eipalloc-0123456789abcdef0');
    expect(await theatre.record('db.example.com', theatre.stage.world.publicZoneId)).toBeUndefined();
  });

  it('leaves an Elastic IP with the stranger who has it, and takes it only when the spec says adopt', async () => {
    await using theatre = await Theatre.open();
    const stranger = await theatre.launch(undefined);
    const { allocationId } = theatre.stage.world;
    await theatre.stage.clients.ec2.send(
      new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: stranger }),
    );
    await theatre.defineDb({ records: [] });

    const lead = await theatre.launch('db');

    expect(await theatre.elasticIpAt()).toBe(stranger);
    expect(theatre.outcomes().at(-1)).toMatchObject({ outcome: 'refused' });

    await theatre.defineDb({ addresses: [{ elasticIp: allocationId, adopt: true }], records: [] });
    await theatre.settle(120_000);

    expect(await theatre.elasticIpAt()).toBe(lead);
  });

  it('leaves a record that it did not write, and replaces it only when the spec says adopt', async () => {
    await using theatre = await Theatre.open();
    const { privateZoneId } = theatre.stage.world;
    const ResourceRecordSet = {
      Name: 'db.corp.internal',
      Type: 'A' as const,
      TTL: 300,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    };
    await theatre.stage.clients.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: privateZoneId,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    );
    await theatre.defineDb();

    const lead = await theatre.launch('db');

    expect(await theatre.record()).toBe('192.0.2.1');
    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(theatre.outcomes().at(-1)?.refusals[0]?.words).toContain('192.0.2.1');

    await theatre.defineDb({
      records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', adopt: true }],
    });
    await theatre.settle(120_000);

    expect(await theatre.record()).toBe(await theatre.privateIpOf(lead));
  });

  it('leaves a record alone that somebody changed after it was written', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    await changeByHand(theatre, '192.0.2.99');

    await theatre.terminate(lead);

    expect(await theatre.record()).toBe('192.0.2.99');
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('fails a role whose zone is gone, and only that one', async () => {
    await using theatre = await Theatre.open();
    const { publicZoneId } = theatre.stage.world;
    await theatre.define('web', {
      records: [{ zone: 'example.com', name: 'www.example.com', value: 'privateIp' }],
    });
    await theatre.defineDb();
    await theatre.stage.clients.route53.send(new DeleteHostedZoneCommand({ Id: publicZoneId }));

    const both = await theatre.launch('db,web');

    expect(await theatre.slot('db')).toMatchObject({ holder: both });
    expect(theatre.outcomes().filter(({ role }) => role === 'web')).toContainEqual(
      expect.objectContaining({ outcome: 'failed', code: 'NoSuchHostedZone' }),
    );
  });

  it('plans again when the candidate dies between the read and the call', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const lead = await theatre.launch('db');
    const second = await theatre.launch('db', 1);
    const third = await theatre.launch('db');
    const fault = { kind: 'latency' as const, delayMs: 2_000 };
    theatre.stage.cloud.faults.add({ service: 'ec2', operation: 'AssociateAddress', nth: 1, fault });
    const { ec2 } = theatre.stage.clients;
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [lead] }));
    theatre.clock.after(1_000, () => {
      void ec2.send(new TerminateInstancesCommand({ InstanceIds: [second] }));
    });
    await theatre.settle(60_000);

    expect(await theatre.elasticIpAt()).toBe(third);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(third));
    expect(await theatre.slot()).toMatchObject({ holder: third });
  });

  it('lets one of two instances that launch at once win; the other is a candidate', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const [first, second] = await Promise.all([
      launch(theatre.stage, theatre.stage.world.subnetIds[0], 'db'),
      launch(theatre.stage, theatre.stage.world.subnetIds[1], 'db'),
    ]);
    await theatre.settle();

    const holder = (await theatre.slot())?.holder;
    expect([first, second]).toContain(holder);
    expect(await theatre.slot()).toMatchObject({ generation: 1 });
    expect(await theatre.elasticIpAt()).toBe(holder);
    const associations = theatre.stage.cloud.callLog
      .calls()
      .filter(({ operation }) => operation === 'AssociateAddress');
    expect(associations).toHaveLength(1);
  });

  it('says which table is missing', async () => {
    await using theatre = await Theatre.open();
    await theatre.stage.clients.dynamodb.send(new DeleteTableCommand({ TableName: 'understudy' }));

    await theatre.launch('db');

    const lines = theatre.stage.cloud.rooms.lambda.logLines('understudy-on-events');
    expect(lines.some(({ text }) => text.includes('TableMissing') && text.includes('understudy'))).toBe(true);
  });

  it('treats a batch of ten dead holders as one set: one read of EC2 each, one change batch', async () => {
    await using theatre = await Theatre.open();
    const roles = Array.from({ length: 10 }, (_, index) => `r${index}`);
    for (const role of roles) {
      await theatre.define(role, {
        records: [{ zone: 'corp.internal', name: `${role}.corp.internal`, value: 'privateIp' }],
      });
    }
    const leads = await launchAll(theatre, roles, 0);
    const others = await launchAll(theatre, roles, 1);
    const before = theatre.witness.sightings.length;

    await theatre.stage.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: leads }));
    await theatre.settle();

    for (const [index, role] of roles.entries()) {
      expect(await theatre.record(`${role}.corp.internal`)).toBe(
        await theatre.privateIpOf(others[index] ?? ''),
      );
    }
    const [storm] = theatre.sightings(before);
    const operations = Map.groupBy(storm?.calls ?? [], ({ operation }) => operation);
    expect(storm?.outcomes).toHaveLength(10);
    expect(operations.get('DescribeInstances')).toHaveLength(1);
    expect(operations.get('DescribeAddresses')).toHaveLength(1);
    expect(operations.get('ChangeResourceRecordSets')).toHaveLength(1);
  });

  it('needs no quota of its own to read many addresses', async () => {
    await using theatre = await Theatre.open();
    for (let index = 0; index < 4; index++)
      await theatre.stage.clients.ec2.send(new AllocateAddressCommand({}));
    await theatre.defineDb();

    const lead = await theatre.launch('db');

    expect(await theatre.elasticIpAt()).toBe(lead);
  });
});

/** Five at a time: that is RunInstances' burst. */
async function launchAll(theatre: Theatre, roles: readonly string[], subnet: 0 | 1): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < roles.length; start += 5) {
    const some = roles.slice(start, start + 5);
    const subnetId = theatre.stage.world.subnetIds[subnet];
    ids.push(...(await Promise.all(some.map((role) => launch(theatre.stage, subnetId, role)))));
    await theatre.settle(10_000);
  }
  return ids;
}

async function changeByHand(theatre: Theatre, Value: string): Promise<void> {
  await theatre.stage.clients.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: theatre.stage.world.privateZoneId,
      ChangeBatch: {
        Changes: [
          {
            Action: 'UPSERT',
            ResourceRecordSet: { Name: 'db.corp.internal', Type: 'A', TTL: 60, ResourceRecords: [{ Value }] },
          },
        ],
      },
    }),
  );
}
