import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../shared/model/change.ts';
import { ipv4CidrSchema, routeTableIdSchema, targetGroupArnSchema } from '../../../../shared/model/ids.ts';
import type { Placement } from '../../../../shared/model/placement.ts';
import { placementOf } from '../../../../shared/model/placement.ts';
import { aRecord, instanceId, ipv6, networkInterfaceId, privateIp } from '../../../builders/observed.ts';

const holder = { instanceId: instanceId(4), networkInterfaceId: networkInterfaceId(2) };
const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
const target = { targetGroupArn: targetGroupArnSchema.parse(arn), instanceId: instanceId(4) };

describe('the placement that a change brings about', () => {
  it.each<[placement: Placement, change: Change]>([
    [
      { resource: 'private-ip 10.0.1.3', at: networkInterfaceId(2) },
      { kind: 'assign-private-ip', privateIp: privateIp(3), allowReassignment: true, ...holder },
    ],
    [
      { resource: 'ipv6 2600:1f18:1:1::5', at: networkInterfaceId(2) },
      { kind: 'assign-ipv6', ipv6: ipv6(5), ...holder },
    ],
    [
      { resource: `network-interface ${networkInterfaceId(2)}`, at: instanceId(4) },
      { kind: 'attach-network-interface', deviceIndex: 1, ...holder },
    ],
    [
      { resource: 'route rtb-0a1b2c3d 10.99.0.1/32', at: networkInterfaceId(2) },
      {
        kind: 'replace-route',
        routeTableId: routeTableIdSchema.parse('rtb-0a1b2c3d'),
        cidr: ipv4CidrSchema.parse('10.99.0.1/32'),
        exists: true,
        ...holder,
      },
    ],
    [
      { resource: `target ${arn}`, at: instanceId(4) },
      { kind: 'register-target', ...target },
    ],
    [
      { resource: `target ${arn} 8080`, at: instanceId(4) },
      { kind: 'register-target', ...target, port: 8080 },
    ],
  ])('is $resource', (placement, change) => {
    expect(placementOf(change)).toEqual(placement);
  });

  it.each<Change>([
    { kind: 'disable-source-dest-check', ...holder },
    { kind: 'deregister-target', ...target },
    { kind: 'change-record', after: aRecord('10.0.1.1') },
  ])('is none for $kind', (change) => {
    expect(placementOf(change)).toBeUndefined();
  });
});
