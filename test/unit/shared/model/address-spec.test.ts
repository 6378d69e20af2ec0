import { describe, expect, it } from 'vitest';
import { addressSpecSchema, ofSlot } from '../../../../shared/model/address-spec.ts';
import { toldProblems } from './told-problems.ts';

const elasticIp = 'eipalloc-0abc1234def567890';
const table = 'rtb-0a1b2c3d';
const route = '10.99.0.1/32';
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
const times = <Value>(count: number, value: Value): readonly Value[] =>
  Array.from({ length: count }, () => value);

describe('an address', () => {
  it.each<[what: string, address: object]>([
    ['an Elastic IP by the longest tag', { elasticIp: { tags: { ['k'.repeat(128)]: 'v'.repeat(256) } } }],
    ['an Elastic IP on the primary address', { elasticIp, on: 'primary' }],
    ['an Elastic IP on the private address', { elasticIp, on: 'privateIp' }],
    ['two hundred private addresses', { privateIp: times(200, '10.0.0.5') }],
    ['a route in fifty tables', { route, routeTables: times(50, table) }],
    ['a target group', { targetGroup }],
    ['the lowest port', { targetGroup, port: 1 }],
    ['the highest port', { targetGroup, port: 65_535 }],
    ['a target group of China', { targetGroup: targetGroup.replace('arn:aws:', 'arn:aws-cn:') }],
  ])('may be %s', (_, address) => {
    expect(addressSpecSchema.safeParse(address)).toMatchObject({ success: true, data: address });
  });

  it('takes nothing over unless it says so', () => {
    const addresses = [{ elasticIp }, { privateIp: '10.0.0.5' }, { route, routeTables: [table] }];

    expect(addresses.map((each) => addressSpecSchema.parse(each))).toEqual(
      addresses.map((each) => ({ ...each, adopt: false })),
    );
  });

  const anElasticIp =
    'must be an allocation id such as eipalloc-0123456789abcdef0, { tags: { KEY: VALUE } }, or { pool: { tags: { KEY: VALUE } } }';
  const aTargetGroup = 'must be the ARN of a target group';

  it.each<[address: unknown, field: string, problem: string]>([
    [7, '', 'must be an address such as { elasticIp: eipalloc-0123456789abcdef0 }'],
    [{ elasticIp: { tags: { Name: 7 } } }, '.elasticIp', anElasticIp],
    [{ elasticIp: { tags: { '': 'x' } } }, '.elasticIp', anElasticIp],
    [{ elasticIp: { pool: { tags: {} } } }, '.elasticIp.pool.tags', 'must name at least one tag'],
    [{ elasticIp, on: 'secondary' }, '.on', 'Invalid option: expected one of "primary"|"privateIp"'],
    [
      { elasticIp, reverseName: '-db.example.com' },
      '.reverseName',
      'has the label "-db"; a label is 1 to 63 letters, digits, hyphens or underscores, with no hyphen at either end',
    ],
    [{ privateIp: '10.0.0' }, '.privateIp', 'Invalid IPv4 address'],
    [{ privateIp: [] }, '.privateIp', 'Too small: expected array to have >=1 items'],
    [{ networkInterface: 'eni-1' }, '.networkInterface', 'must be eni- and 8 or 17 hexadecimal digits'],
    [{ ipv6: ['2001:db8::g'] }, '.ipv6[0]', 'Invalid IPv6 address'],
    [{ route: '10.99.0.1', routeTables: [table] }, '.route', 'Invalid IPv4 range'],
    [{ route, routeTables: ['main'] }, '.routeTables[0]', 'must be rtb- and 8 or 17 hexadecimal digits'],
    [{ route, routeTables: [] }, '.routeTables', 'Too small: expected array to have >=1 items'],
    [{ targetGroup: 'web' }, '.targetGroup', aTargetGroup],
    [{ targetGroup: ` ${targetGroup}` }, '.targetGroup', aTargetGroup],
    [{ targetGroup: `${targetGroup}0` }, '.targetGroup', aTargetGroup],
    [{ targetGroup, port: 0 }, '.port', 'Too small: expected number to be >=1'],
    [{ targetGroup, port: 65_536 }, '.port', 'Too big: expected number to be <=65535'],
    [{ targetGroup, port: 80.5 }, '.port', 'Invalid input: expected int, received number'],
  ])('%j is refused', (address, field, problem) => {
    expect(toldProblems({ addresses: [address] })).toEqual([`addresses[0]${field}: ${problem}`]);
  });

  it.each([
    ['of more private addresses than a group has slots', { privateIp: times(201, '10.0.0.5') }, 'privateIp'],
    ['of a route in too many tables', { route, routeTables: times(51, table) }, 'routeTables'],
    ['by a tag with too long a key', { elasticIp: { tags: { ['k'.repeat(129)]: 'v' } } }, 'elasticIp'],
    ['by a tag with too long a value', { elasticIp: { tags: { k: 'v'.repeat(257) } } }, 'elasticIp.tags.k'],
  ])('%s is refused', (_, address, field) => {
    const { error } = addressSpecSchema.safeParse(address);

    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});

describe('ofSlot', () => {
  it('is the one of the slot, or the only one', () => {
    expect(ofSlot(['10.0.0.5', '10.0.1.5'], 1)).toBe('10.0.1.5');
    expect(ofSlot('10.0.0.5', 1)).toBe('10.0.0.5');
    expect(ofSlot(['10.0.0.5'], 1)).toBeUndefined();
  });
});
