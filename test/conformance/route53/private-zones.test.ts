import { CreateVpcCommand, DeleteVpcCommand } from '@aws-sdk/client-ec2';
import {
  AssociateVPCWithHostedZoneCommand,
  DisassociateVPCFromHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  type VPC,
} from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import type { Target } from '../target.ts';
import {
  bareId,
  createZone,
  type DnsZone,
  deleteZone,
  expectedError,
  failureOf,
  newDomain,
  route53Case,
  zoneCase,
} from './zone-case.ts';

const api = (operation: string): string =>
  `https://docs.aws.amazon.com/Route53/latest/APIReference/API_${operation}.html`;

async function createVpc({ clients }: Target): Promise<VPC & { VPCId: string }> {
  const created = await clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const region = await clients.ec2.config.region();
  return { VPCId: created.Vpc?.VpcId ?? '', VPCRegion: region as NonNullable<VPC['VPCRegion']> };
}

/** Runs with a private zone and its VPC, and cleans up. */
function privateZoneCase(
  name: string,
  source: string,
  run: (zone: DnsZone, vpc: VPC & { VPCId: string }, target: Target) => Promise<void>,
): void {
  route53Case(name, source, async (target) => {
    const vpc = await createVpc(target);
    const zone = await createZone(target.clients.route53, newDomain(), vpc);
    try {
      await run(zone, vpc, target);
    } finally {
      await deleteZone(zone);
      await target.clients.ec2.send(new DeleteVpcCommand({ VpcId: vpc.VPCId })).catch(() => undefined);
    }
  });
}

privateZoneCase('a zone created with a VPC is private', api('CreateHostedZone'), async (zone, vpc) => {
  const got = await zone.route53.send(new GetHostedZoneCommand({ Id: zone.id }));

  expect(got.HostedZone?.Config?.PrivateZone).toBe(true);
  expect(got.VPCs).toEqual([vpc]);
  expect(got.DelegationSet).toBeUndefined();
});

privateZoneCase('the private zones of a VPC are listed', api('ListHostedZonesByVPC'), async (zone, vpc) => {
  const other = await createZone(zone.route53, newDomain(), vpc);

  const listed = await zone.route53.send(new ListHostedZonesByVPCCommand(vpc as Required<VPC>));

  const ids = (listed.HostedZoneSummaries ?? []).map(({ HostedZoneId }) =>
    bareId(`/hostedzone/${HostedZoneId}`),
  );
  expect(ids.toSorted()).toEqual([zone.id, other.id].toSorted());
  await deleteZone(other);
});

privateZoneCase('ListHostedZones can leave out public zones', api('ListHostedZones'), async (zone) => {
  const publicZone = await createZone(zone.route53, newDomain());

  const listed = await zone.route53.send(new ListHostedZonesCommand({ HostedZoneType: 'PrivateHostedZone' }));

  const ids = (listed.HostedZones ?? []).map(({ Id }) => bareId(Id));
  expect(ids).toContain(zone.id);
  expect(ids).not.toContain(publicZone.id);
  await deleteZone(publicZone);
});

privateZoneCase(
  'another VPC can be associated and disassociated',
  api('AssociateVPCWithHostedZone'),
  async (zone, vpc, target) => {
    const second = await createVpc(target);

    await zone.route53.send(new AssociateVPCWithHostedZoneCommand({ HostedZoneId: zone.id, VPC: second }));
    const associated = await zone.route53.send(new GetHostedZoneCommand({ Id: zone.id }));
    await zone.route53.send(new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: zone.id, VPC: vpc }));
    const moved = await zone.route53.send(new GetHostedZoneCommand({ Id: zone.id }));

    expect(associated.VPCs?.length).toBe(2);
    expect(moved.VPCs).toEqual([second]);
  },
);

privateZoneCase('the last VPC stays', api('DisassociateVPCFromHostedZone'), async (zone, vpc) => {
  const disassociation = zone.route53.send(
    new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: zone.id, VPC: vpc }),
  );

  await expect(disassociation).rejects.toMatchObject({ name: 'LastVPCAssociation' });
});

privateZoneCase(
  'a VPC that is not associated cannot be disassociated',
  api('DisassociateVPCFromHostedZone'),
  async (zone, _vpc, target) => {
    const stranger = await createVpc(target);

    const disassociation = zone.route53.send(
      new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: zone.id, VPC: stranger }),
    );

    await expect(disassociation).rejects.toMatchObject({
      name: 'VPCAssociationNotFound',
      $metadata: { httpStatusCode: 404 },
    });
  },
);

privateZoneCase(
  'a VPC has one private zone of a name',
  'https://github.com/infrablocks/terraform-aws-base-networking/issues/4',
  async (zone, vpc) => {
    const creation = await failureOf(createZone(zone.route53, zone.name, vpc));
    const again = await failureOf(
      zone.route53.send(new AssociateVPCWithHostedZoneCommand({ HostedZoneId: zone.id, VPC: vpc })),
    );

    const chosen = `The VPC that you chose, ${vpc.VPCId} in region ${vpc.VPCRegion},`;
    const conflict = `is already associated with another private hosted zone that has an overlapping name space, ${zone.name}..`;
    const expected = expectedError('ConflictingDomainExists', `${chosen} ${conflict}`, 400);
    expect(creation).toMatchObject(expected);
    expect(again).toMatchObject(expected);
  },
);

zoneCase(
  'a public zone has no VPCs',
  'https://github.com/crossplane-contrib/provider-upjet-aws/pull/456',
  async (zone, target) => {
    const vpc = await createVpc(target);

    const association = zone.route53.send(
      new AssociateVPCWithHostedZoneCommand({ HostedZoneId: zone.id, VPC: vpc }),
    );

    const reason = `Attempting to associate public zone: ${zone.id} with vpc: ${vpc.VPCId}`;
    await expect(association).rejects.toMatchObject(expectedError('PublicZoneVPCAssociation', reason, 400));
  },
);
