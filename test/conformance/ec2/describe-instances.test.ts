import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { aNetwork, ec2Page, imageId, inState, present, refusal, running } from './ec2-world.ts';

const describePage = ec2Page('DescribeInstances');
const filteringPage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html';

async function found({ clients: { ec2 } }: Target, input: DescribeInstancesCommandInput): Promise<string[]> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand(input));
  return present(Reservations).flatMap(({ Instances }) =>
    present(Instances).map(({ InstanceId }) => present(InstanceId)),
  );
}

conformanceCase(
  'filters on tags know wildcards and escapes, filters are ANDed and their values ORed',
  { source: filteringPage },
  async (target) => {
    const { vpcId, subnetIds } = await aNetwork(target);
    const tagged = async (value: string): Promise<string> =>
      present(
        (
          await running(target, {
            SubnetId: subnetIds[0],
            TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: value }] }],
          })
        ).InstanceId,
      );
    const [main, standby, starred] = [
      await tagged('db-main'),
      await tagged('db-standby'),
      await tagged('db-*'),
    ];
    const byRole = (...Values: string[]): Promise<string[]> =>
      found(target, {
        Filters: [
          { Name: 'vpc-id', Values: [vpcId] },
          { Name: 'tag:role', Values },
        ],
      });

    const answers = {
      exact: await byRole('db-main'),
      either: await byRole('db-main', 'db-standby'),
      star: await byRole('db-*'),
      questionMarks: await byRole('db-????'),
      escaped: await byRole('db-\\*'),
      otherCase: await byRole('DB-main'),
      key: await found(target, {
        Filters: [
          { Name: 'vpc-id', Values: [vpcId] },
          { Name: 'tag-key', Values: ['role'] },
        ],
      }),
    };

    expect(answers).toEqual({
      exact: [main],
      either: expect.arrayContaining([main, standby]),
      star: expect.arrayContaining([main, standby, starred]),
      questionMarks: [main],
      escaped: [starred],
      otherCase: [],
      key: expect.arrayContaining([main, standby, starred]),
    });
  },
);

conformanceCase(
  'instances are found by fields of their own and of their interfaces',
  { source: describePage, divergences: { moto: 'some interface filters are internal errors' } },
  async (target) => {
    const { vpcId, subnetIds, zones } = await aNetwork(target);
    const [wanted] = [
      await running(target, { SubnetId: subnetIds[0], InstanceType: 't3.small' }),
      await running(target, { SubnetId: subnetIds[1] }),
    ];
    const [eni] = present(wanted.NetworkInterfaces);
    const filters = [
      { Name: 'instance-type', Values: ['t3.small'] },
      { Name: 'subnet-id', Values: [subnetIds[0]] },
      { Name: 'availability-zone', Values: [present(zones[0])] },
      { Name: 'private-ip-address', Values: [present(wanted.PrivateIpAddress)] },
      { Name: 'private-dns-name', Values: [present(wanted.PrivateDnsName)] },
      { Name: 'network-interface.network-interface-id', Values: [present(eni?.NetworkInterfaceId)] },
      {
        Name: 'network-interface.addresses.private-ip-address',
        Values: [present(wanted.PrivateIpAddress)],
      },
    ];

    const answers = await Promise.all(
      filters.map((filter) =>
        found(target, {
          Filters: [
            { Name: 'vpc-id', Values: [vpcId] },
            { Name: 'instance-state-name', Values: ['running'] },
            filter,
          ],
        }),
      ),
    );

    expect(answers).toEqual(filters.map(() => [wanted.InstanceId]));
  },
);

conformanceCase(
  'an unknown filter is refused by its name',
  { source: filteringPage, divergences: { moto: 'fails with an internal error' } },
  async (target) => {
    const refused = await refusal(found(target, { Filters: [{ Name: 'colour', Values: ['red'] }] }));

    expect(refused).toEqual({
      code: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
      status: 400,
    });
  },
);

conformanceCase(
  'pages are walked by NextToken, each instance once',
  { source: describePage },
  async (target) => {
    const { vpcId, subnetIds } = await aNetwork(target);
    const { ec2 } = target.clients;
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      const { Instances } = await ec2.send(
        new RunInstancesCommand({
          ImageId: imageId,
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          SubnetId: subnetIds[0],
        }),
      );
      ids.push(present(Instances?.[0]?.InstanceId));
    }
    await inState(target, present(ids.at(-1)), 'running');

    const pages: string[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await ec2.send(
        new DescribeInstancesCommand({
          MaxResults: 5,
          Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
          ...(NextToken !== undefined && { NextToken }),
        }),
      );
      pages.push(
        present(page.Reservations).flatMap(
          ({ Instances }) => Instances?.map(({ InstanceId }) => present(InstanceId)) ?? [],
        ),
      );
      NextToken = page.NextToken;
    } while (NextToken !== undefined);

    expect(pages.every((page) => page.length <= 5)).toBe(true);
    expect(pages.flat().toSorted()).toEqual(ids.toSorted());
  },
);

conformanceCase(
  'MaxResults is at least five, and not for lists of ids',
  { source: describePage, divergences: { moto: 'takes both' } },
  async (target) => {
    const { InstanceId } = await running(target);

    const tooFew = await refusal(found(target, { MaxResults: 4 }));
    const withIds = await refusal(found(target, { MaxResults: 5, InstanceIds: [present(InstanceId)] }));

    expect(tooFew.code).toBe('InvalidParameterValue');
    expect(withIds.code).toBe('InvalidParameterCombination');
  },
);

conformanceCase(
  'instances of one launch share a reservation',
  {
    source: ec2Page('RunInstances'),
    divergences: { moto: 'the filter reservation-id is an internal error' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const launch = await ec2.send(
      new RunInstancesCommand({ ImageId: imageId, InstanceType: 't3.micro', MinCount: 2, MaxCount: 2 }),
    );

    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({
        Filters: [{ Name: 'reservation-id', Values: [present(launch.ReservationId)] }],
      }),
    );

    expect(Reservations).toHaveLength(1);
    expect(Reservations?.[0]?.Instances?.map(({ AmiLaunchIndex }) => AmiLaunchIndex)).toEqual([0, 1]);
  },
);
