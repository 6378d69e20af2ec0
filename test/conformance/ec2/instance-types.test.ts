import { DescribeInstanceTypesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { ec2Page, refusal } from './ec2-world.ts';

conformanceCase(
  'types tell how many interfaces and addresses an instance may have',
  { source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html' },
  async ({ clients: { ec2 } }) => {
    const { InstanceTypes } = await ec2.send(
      new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.micro', 'm6i.4xlarge'] }),
    );

    const limits = InstanceTypes?.map(({ InstanceType, NetworkInfo }) => [
      InstanceType,
      NetworkInfo?.MaximumNetworkInterfaces,
      NetworkInfo?.Ipv4AddressesPerInterface,
    ]);
    expect(limits?.toSorted()).toEqual([
      ['m6i.4xlarge', 8, 30],
      ['t3.micro', 2, 2],
    ]);
  },
);

conformanceCase(
  'an unknown type is refused by its name',
  { source: ec2Page('DescribeInstanceTypes') },
  async ({ clients: { ec2 } }) => {
    const refused = await refusal(
      ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t0.none' as 't3.micro'] })),
    );

    expect(refused).toEqual({
      code: 'InvalidInstanceType',
      message: 'The following supplied instance types do not exist: [t0.none]',
      status: 400,
    });
  },
);
