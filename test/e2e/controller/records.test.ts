import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ChangeResourceRecordSetsCommand, type ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { elasticIpName } from '../../../shared/model/elastic-ip-name.ts';
import { ipv4Schema } from '../../../shared/model/ids.ts';
import { LocalOperator } from '../cli/local-operator.ts';
import { tag } from './tagging.ts';
import type { Theatre } from './theatre.ts';
import { createPrivateZone, recordsIn } from './zones.ts';

/** A role with a record of every kind; `example.com` is a public zone and a private one. */
const everyRecord = ({ stage: { world } }: Theatre) => `roles:
  db:
    addresses: [{ elasticIp: ${world.allocationId}, on: primary }]
    records:
      - { zone: { name: example.com, public: true }, name: db.example.com, value: elasticIp }
      - { zone: { name: example.com, vpc: ${world.vpcId} }, name: db.example.com, value: privateIp, ttl: 30 }
      - { zone: { name: example.com, public: true }, name: split.example.com, value: elasticIpName }
      - { zone: corp.internal, name: public.corp.internal, value: publicIp }
      - { zone: corp.internal, name: public-name.corp.internal, value: publicName }
      - { zone: corp.internal, name: private-name.corp.internal, value: privateName }
      - { zone: corp.internal, name: "*.db.corp.internal", value: privateIp }
      - zone: corp.internal
        name: _postgresql._tcp.corp.internal
        type: SRV
        values: ["0 5 5432 private-name.corp.internal"]
      - zone: corp.internal
        name: about.corp.internal
        type: TXT
        values: ["{instanceId} in {zone}", "owner={tag:owner}"]
      - zone: corp.internal
        name: balancer.corp.internal
        alias: { target: inner-1.eu-west-1.elb.amazonaws.com, zone: Z32O12XQLNTSW2 }
`;

async function everyRecordOf(theatre: Theatre, holder: string) {
  const { world } = theatre.stage;
  const { PrivateIpAddress, PrivateDnsName, Placement } = await theatre.instance(holder);
  const name = elasticIpName(ipv4Schema.parse(world.publicIp), 'eu-west-1');
  return {
    public: {
      'db.example.com A': `60 ${world.publicIp}`,
      'split.example.com CNAME': `60 ${name}`,
    },
    inside: { 'db.example.com A': `30 ${PrivateIpAddress}` },
    corp: {
      'public.corp.internal A': `60 ${world.publicIp}`,
      'public-name.corp.internal CNAME': `60 ${name}`,
      'private-name.corp.internal CNAME': `60 ${PrivateDnsName}`,
      '\\052.db.corp.internal A': `60 ${PrivateIpAddress}`,
      '_postgresql._tcp.corp.internal SRV': '60 0 5 5432 private-name.corp.internal',
      'about.corp.internal TXT': `60 "${holder} in ${Placement?.AvailabilityZone}" "owner=team-${holder}"`,
      'balancer.corp.internal A': 'alias inner-1.eu-west-1.elb.amazonaws.com.',
    },
  };
}

/** The controller's calls to Route 53 that changed something. */
function recordWrites({ theatre }: LocalOperator, since: number): readonly string[] {
  return theatre.stage.cloud.callLog
    .calls({ since })
    .filter(({ service, effect }) => service === 'route53' && effect === 'write')
    .map(({ operation }) => operation);
}

async function create(theatre: Theatre, HostedZoneId: string, sets: readonly ResourceRecordSet[]) {
  const Changes = sets.map((each) => ({ Action: 'CREATE' as const, ResourceRecordSet: each }));
  await theatre.stage.clients.route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
  );
}

describe('the records of a role', () => {
  it('are of every kind, in public and private zones, and follow the holder', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const { publicZoneId, privateZoneId } = theatre.stage.world;
    const insideZoneId = await createPrivateZone(theatre, 'example.com');
    const applied = await operator.apply(everyRecord(theatre));
    const seen = async () => ({
      public: await recordsIn(theatre, publicZoneId),
      inside: await recordsIn(theatre, insideZoneId),
      corp: await recordsIn(theatre, privateZoneId),
    });
    const launch = async (subnet: 0 | 1) => {
      const id = await theatre.launch(undefined, subnet);
      await tag(theatre, id, `team-${id}`, 'owner');
      await tag(theatre, id, 'db');
      await theatre.settle();
      return id;
    };

    const lead = await launch(0);
    const first = await seen();
    const wanted = await everyRecordOf(theatre, lead);
    const understudy = await launch(1);
    await theatre.terminate(lead);
    const second = await seen();
    const { sequence } = operator;
    await theatre.settle(120_000);

    expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first).toEqual(wanted);
    expect(second).toEqual(await everyRecordOf(theatre, understudy));
    expect(second).not.toEqual(first);
    expect(operator.writesSince(sequence)).toEqual([]);
  });

  it('are left alone when they say the same in other words', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const { privateZoneId } = theatre.stage.world;
    const base = { TTL: 60 };
    await create(theatre, privateZoneId, [
      {
        ...base,
        Name: 'A.Corp.Internal',
        Type: 'A',
        ResourceRecords: [{ Value: '192.0.2.2' }, { Value: '192.0.2.1' }],
      },
      { ...base, Name: 'aaaa.corp.internal.', Type: 'AAAA', ResourceRecords: [{ Value: '2001:DB8:0:0::1' }] },
      {
        ...base,
        Name: '\\052.corp.internal',
        Type: 'CNAME',
        ResourceRecords: [{ Value: 'Other.Example.NET.' }],
      },
      { ...base, Name: 'txt.corp.internal', Type: 'TXT', ResourceRecords: [{ Value: '"one two" "three"' }] },
      {
        ...base,
        Name: '_x._tcp.corp.internal',
        Type: 'SRV',
        ResourceRecords: [{ Value: '0 05 80 A.corp.internal.' }],
      },
    ]);
    const { sequence } = operator;

    await operator.apply(`roles:
  web:
    records:
      - { zone: corp.internal, name: a.corp.internal, type: A, values: [192.0.2.1, 192.0.2.2] }
      - { zone: corp.internal, name: AAAA.corp.internal, type: AAAA, values: ["2001:db8::1"] }
      - { zone: corp.internal, name: "*.corp.internal", type: CNAME, values: [other.example.net] }
      - { zone: corp.internal, name: txt.corp.internal, type: TXT, values: ['"one two" "three"'] }
      - { zone: corp.internal, name: _x._tcp.corp.internal, type: SRV, values: ["0 5 80 a.corp.internal"] }
`);
    const holder = await theatre.launch('web');
    await theatre.settle(120_000);

    expect(await theatre.slot('web')).toMatchObject({ holder, intent: [] });
    expect(recordWrites(operator, sequence)).toEqual([]);
    expect((await operator.run('status web')).exitCode).toBe(0);
  });

  it('of the public address follow a stop and start, and an Elastic IP that replaces it', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const { ec2 } = theatre.stage.clients;
    await operator.apply(
      'roles: { web: { records: [{ zone: example.com, name: www.example.com, value: publicIp }] } }',
    );
    const record = () => theatre.record('www.example.com', theatre.stage.world.publicZoneId);
    const holder = await theatre.launch('web');
    const automatic = await record();

    await ec2.send(new StopInstancesCommand({ InstanceIds: [holder] }));
    await theatre.settle();
    const whileStopped = await record();
    await ec2.send(new StartInstancesCommand({ InstanceIds: [holder] }));
    await theatre.settle();
    const started = await record();
    const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
    await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: holder }));
    await theatre.settle(120_000);

    expect(whileStopped).toBe(automatic);
    expect(started).not.toBe(automatic);
    expect(await record()).toBe(PublicIp);
  });

  it('say that nobody is there while the role is vacant, where the spec says park', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(`roles:
  fleet:
    vacant: park
    records:
      - { zone: corp.internal, name: fleet.corp.internal, value: privateIp, parking: [192.0.2.10, 192.0.2.9] }
      - { zone: corp.internal, name: kept.corp.internal, value: privateIp }
`);

    const lead = await theatre.launch('fleet');
    const address = await theatre.privateIpOf(lead);
    await theatre.terminate(lead);
    const vacant = await recordsIn(theatre, theatre.stage.world.privateZoneId);
    const { sequence } = operator;
    await theatre.settle(120_000);
    const writesWhileVacant = recordWrites(operator, sequence);
    const next = await theatre.launch('fleet', 1);

    expect(vacant).toEqual({
      'fleet.corp.internal A': '60 192.0.2.10 192.0.2.9',
      'kept.corp.internal A': `60 ${address}`,
    });
    expect(writesWhileVacant).toEqual([]);
    expect(await theatre.record('fleet.corp.internal')).toBe(await theatre.privateIpOf(next));
  });
});
