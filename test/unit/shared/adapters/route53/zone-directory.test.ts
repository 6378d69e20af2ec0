import { Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createZoneDirectory } from '../../../../../shared/adapters/route53/zone-directory.ts';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import { zoneId } from '../../../../builders/observed.ts';
import type { CannedAnswer } from '../../../../fakes/canned-aws.ts';
import { CannedAws, route53Error } from '../../../../fakes/canned-aws.ts';

function zoneXml(id: string, name: string, isPrivate: boolean): string {
  return `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}.</Name><CallerReference>1</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`;
}

function listed(...zones: readonly string[]): CannedAnswer {
  return {
    body: `<ListHostedZonesByNameResponse><HostedZones>${zones.join('')}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>`,
  };
}

function aBench(answer: CannedAnswer) {
  const aws = new CannedAws(() => answer);
  return { aws, zones: createZoneDirectory(new Route53Client(aws.options)) };
}

describe('byName', () => {
  it('gives the public and the private zones of the name, and none of the names that follow it', async () => {
    const { aws, zones } = aBench(
      listed(
        zoneXml('Z1', 'example.com', false),
        zoneXml('Z2', 'example.com', true),
        zoneXml('Z3', 'a.example.com', false),
      ),
    );

    const found = await zones.byName(normalizeDnsName('example.com'));

    expect(found).toEqual([
      { id: 'Z1', name: 'example.com', isPrivate: false },
      { id: 'Z2', name: 'example.com', isPrivate: true },
    ]);
    expect(aws.requests[0]?.query).toMatchObject({ dnsname: 'example.com' });
  });

  it('gives none where there is none', async () => {
    const { zones } = aBench(listed());

    expect(await zones.byName(normalizeDnsName('example.com'))).toEqual([]);
  });
});

describe('byId', () => {
  it('gives the zone', async () => {
    const { zones } = aBench({
      body: `<GetHostedZoneResponse>${zoneXml('Z0PRIVATE', 'corp.internal', true)}</GetHostedZoneResponse>`,
    });

    expect(await zones.byId(zoneId)).toEqual({ id: 'Z0PRIVATE', name: 'corp.internal', isPrivate: true });
  });

  it('gives nothing where there is none', async () => {
    const { zones } = aBench(route53Error('NoSuchHostedZone', 404));

    expect(await zones.byId(zoneId)).toBeUndefined();
  });

  it('fails when it may not look', async () => {
    const { zones } = aBench(route53Error('AccessDenied', 403));

    await expect(zones.byId(zoneId)).rejects.toMatchObject({
      code: 'AccessDenied',
      disposition: 'permanent',
    });
  });
});
