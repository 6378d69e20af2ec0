import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../shared/model/change.ts';
import { describeChange, stageOf } from '../../../../shared/model/change.ts';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { ipv4CidrSchema, routeTableIdSchema, targetGroupArnSchema } from '../../../../shared/model/ids.ts';
import {
  allocationId,
  aRecord,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';

const holder = { instanceId: instanceId(4), networkInterfaceId: networkInterfaceId(2) };
const target = {
  targetGroupArn: targetGroupArnSchema.parse(
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef',
  ),
  instanceId: instanceId(4),
};
const route = {
  kind: 'replace-route',
  routeTableId: routeTableIdSchema.parse('rtb-0a1b2c3d'),
  cidr: ipv4CidrSchema.parse('10.99.0.1/32'),
  ...holder,
} as const;
const reverseName: Change = {
  kind: 'set-reverse-name',
  allocationId: allocationId(1),
  publicIp: publicIp(25),
  name: normalizeDnsName('mail.example.com'),
};
const assignPrivateIp: Change = {
  kind: 'assign-private-ip',
  privateIp: privateIp(3),
  allowReassignment: true,
  ...holder,
};
const assignIpv6: Change = { kind: 'assign-ipv6', ipv6: ipv6(5), ...holder };
const attach: Change = { kind: 'attach-network-interface', deviceIndex: 1, ...holder };
const disableCheck: Change = { kind: 'disable-source-dest-check', ...holder };
const register: Change = { kind: 'register-target', ...target };
const deregister: Change = { kind: 'deregister-target', ...target, port: 8080 };

const associate: Change = {
  kind: 'associate-address',
  allocationId: allocationId(1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(2),
  privateIp: privateIp(3),
  instanceId: instanceId(4),
  allowReassociation: true,
};

describe('describeChange', () => {
  it.each<[words: string, change: Change]>([
    [`associate 203.0.113.25 (${allocationId(1)}) with ${instanceId(4)} at 10.0.1.3`, associate],
    [`set the reverse name of 203.0.113.25 (${allocationId(1)}) to mail.example.com`, reverseName],
    [`assign 10.0.1.3 to ${instanceId(4)} (${networkInterfaceId(2)})`, assignPrivateIp],
    [`assign 2600:1f18:1:1::5 to ${instanceId(4)} (${networkInterfaceId(2)})`, assignIpv6],
    [`attach ${networkInterfaceId(2)} to ${instanceId(4)} as device 1`, attach],
    [`disable the source/destination check of ${networkInterfaceId(2)}`, disableCheck],
    [`replace the route 10.99.0.1/32 in rtb-0a1b2c3d to ${instanceId(4)}`, { ...route, exists: true }],
    [`create the route 10.99.0.1/32 in rtb-0a1b2c3d to ${instanceId(4)}`, { ...route, exists: false }],
    [`register ${instanceId(4)} with target group web`, register],
    [`deregister ${instanceId(4)}:8080 with target group web`, deregister],
    ['create db.corp.internal 60 A 10.0.1.1', { kind: 'change-record', after: aRecord('10.0.1.1') }],
    ['delete db.corp.internal 60 A 10.0.1.1', { kind: 'change-record', before: aRecord('10.0.1.1') }],
    [
      'change db.corp.internal 300 A 10.0.1.1 to 60 10.0.1.2',
      { kind: 'change-record', before: aRecord('10.0.1.1', { ttlSeconds: 300 }), after: aRecord('10.0.1.2') },
    ],
    ['nothing', { kind: 'change-record' }],
  ])('says "%s"', (words, change) => {
    expect(describeChange(change)).toBe(words);
  });
});

describe('stageOf', () => {
  it.each<[before: Change, after: Change]>([
    [attach, assignPrivateIp],
    [attach, assignIpv6],
    [attach, disableCheck],
    [assignPrivateIp, associate],
    [disableCheck, { ...route, exists: true }],
    [assignPrivateIp, register],
    [assignIpv6, { kind: 'change-record', after: aRecord('10.0.1.1') }],
    [{ kind: 'change-record', after: aRecord('10.0.1.1') }, reverseName],
    [register, deregister],
  ])('has $0.kind before $1.kind', (before, after) => {
    expect(stageOf(before)).toBeLessThan(stageOf(after));
  });
});
