import { Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createZoneDirectory } from '../../../../../shared/adapters/route53/zone-directory.ts';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import { zoneId } from '../../../../builders/observed.ts';
import type { CannedAnswer, CannedRequest } from '../../../../fakes/canned-aws.ts';
import { CannedAws, route53Error } from '../../../../fakes/canned-aws.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
  readonly vpcs?: readonly string[];
}

function zoneXml({ id, name, vpcs }: Zone): string {
  return `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}.</Name><CallerReference>1</CallerReference><Config><PrivateZone>${vpcs !== undefined}</PrivateZone></Config></HostedZone>`;
}

/** An account with these zones; lists have two on a page. */
function anAccount(...zones: readonly Zone[]): (request: CannedRequest) => CannedAnswer {
  return ({ path, query }) => {
    const [, , , id] = path.split('/');
    const zone = zones.find((each) => each.id === id);
    if (zone !== undefined) {
      const vpcs = (zone.vpcs ?? []).map(
        (vpc) => `<VPC><VPCRegion>eu-west-1</VPCRegion><VPCId>${vpc}</VPCId></VPC>`,
      );
      return {
        body: `<GetHostedZoneResponse>${zoneXml(zone)}<VPCs>${vpcs.join('')}</VPCs></GetHostedZoneResponse>`,
      };
    }
    if (path.endsWith('hostedzonesbyname')) {
      return {
        body: `<ListHostedZonesByNameResponse><HostedZones>${zones.map(zoneXml).join('')}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>`,
      };
    }
    const begin = Number(query['marker'] ?? 0);
    const page = zones
      .slice(begin, begin + 2)
      .map(zoneXml)
      .join('');
    const hasMore = begin + 2 < zones.length;
    const more = hasMore ? `<NextMarker>${begin + 2}</NextMarker>` : '';
    return {
      body: `<ListHostedZonesResponse><HostedZones>${page}</HostedZones><IsTruncated>${hasMore}</IsTruncated>${more}<MaxItems>2</MaxItems></ListHostedZonesResponse>`,
    };
  };
}

function aBench(answer: (request: CannedRequest) => CannedAnswer) {
  const aws = new CannedAws(answer);
  return { aws, zones: createZoneDirectory(new Route53Client(aws.options)) };
}

const vpc = 'vpc-12345678';

describe('byName', () => {
  it('gives the public and the private zones of the name, and none of the names that follow it', async () => {
    const { aws, zones } = aBench(
      anAccount(
        { id: 'Z1', name: 'example.com' },
        { id: 'Z2', name: 'example.com', vpcs: [vpc] },
        { id: 'Z3', name: 'a.example.com' },
      ),
    );

    const found = await zones.byName(normalizeDnsName('example.com'));

    expect(found).toEqual([
      { id: 'Z1', name: 'example.com', isPrivate: false, vpcIds: [] },
      { id: 'Z2', name: 'example.com', isPrivate: true, vpcIds: [vpc] },
    ]);
    expect(aws.requests[0]?.query).toMatchObject({ dnsname: 'example.com' });
    // Only the private one has to be looked at by itself.
    expect(aws.requests.slice(1).map(({ path }) => path)).toEqual(['/2013-04-01/hostedzone/Z2']);
  });

  it('gives none where there is none', async () => {
    const { zones } = aBench(anAccount());

    expect(await zones.byName(normalizeDnsName('example.com'))).toEqual([]);
  });
});

describe('byId', () => {
  it('gives the zone with its VPCs', async () => {
    const { zones } = aBench(
      anAccount({ id: 'Z0PRIVATE', name: 'corp.internal', vpcs: [vpc, 'vpc-87654321'] }),
    );

    expect(await zones.byId(zoneId)).toEqual({
      id: 'Z0PRIVATE',
      name: 'corp.internal',
      isPrivate: true,
      vpcIds: [vpc, 'vpc-87654321'],
    });
  });

  it('gives nothing where there is none', async () => {
    const { zones } = aBench(() => route53Error('NoSuchHostedZone', 404));

    expect(await zones.byId(zoneId)).toBeUndefined();
  });

  it('fails when it may not look', async () => {
    const { zones } = aBench(() => route53Error('AccessDenied', 403));

    await expect(zones.byId(zoneId)).rejects.toMatchObject({
      code: 'AccessDenied',
      disposition: 'permanent',
    });
  });
});

describe('reverseZones', () => {
  it('gives those of all pages that hold reverse names', async () => {
    const { zones } = aBench(
      anAccount(
        { id: 'Z1', name: 'example.com' },
        { id: 'Z2', name: '10.in-addr.arpa', vpcs: [vpc] },
        { id: 'Z3', name: 'in-addr.arpa.example.com' },
        { id: 'Z4', name: '8.b.d.0.1.0.0.2.ip6.arpa' },
      ),
    );

    expect(await zones.reverseZones()).toEqual([
      { id: 'Z2', name: '10.in-addr.arpa', isPrivate: true, vpcIds: [vpc] },
      { id: 'Z4', name: '8.b.d.0.1.0.0.2.ip6.arpa', isPrivate: false, vpcIds: [] },
    ]);
  });
});
