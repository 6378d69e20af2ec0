import { routeTableId } from './network.ts';
import {
  allocationId,
  associationId,
  attachmentId,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
  subnetId,
  vpcId,
} from './observed.ts';

const tagSet = {
  item: [
    { key: 'role', value: 'db' },
    { key: 'Name', value: 'x' },
  ],
};
const privateIpAddressesSet = {
  item: [
    { privateIpAddress: privateIp(1), primary: true },
    { privateIpAddress: privateIp(50), primary: false },
  ],
};
const ipv6AddressesSet = { item: [{ ipv6Address: ipv6(1) }] };
const attached = {
  attachmentId: attachmentId(1),
  deviceIndex: 0,
  status: 'attached',
  deleteOnTermination: true,
};

/** A good answer to each call that reads, and to one that writes, as EC2 names things in XML. */
export const goodEc2Answers: Readonly<Record<string, object>> = {
  DescribeInstances: {
    reservationSet: {
      item: [
        {
          ownerId: '111122223333',
          instancesSet: {
            item: [
              {
                instanceId: instanceId(1),
                instanceState: { code: 16, name: 'running' },
                tagSet,
                launchTime: '2026-01-01T00:00:00.000Z',
                instanceType: 't3.medium',
                imageId: 'ami-0123456789abcdef0',
                vpcId: vpcId(1),
                subnetId: subnetId(1),
                privateDnsName: 'ip-10-0-1-1.ec2.internal',
                dnsName: '',
                ipAddress: publicIp(1),
                placement: { availabilityZone: 'eu-west-1a' },
                iamInstanceProfile: { arn: 'arn:aws:iam::111122223333:instance-profile/db' },
                groupSet: { item: [{ groupId: 'sg-0123456789abcdef0' }] },
                networkInterfaceSet: {
                  item: [
                    {
                      networkInterfaceId: networkInterfaceId(1),
                      subnetId: subnetId(1),
                      sourceDestCheck: true,
                      attachment: attached,
                      privateIpAddressesSet,
                      ipv6AddressesSet,
                    },
                  ],
                },
              },
            ],
          },
        },
      ],
    },
  },
  DescribeTags: { tagSet: { item: [{ resourceId: instanceId(1), key: 'role', value: 'db' }] } },
  DescribeAddresses: {
    addressesSet: {
      item: [
        {
          allocationId: allocationId(0xe1),
          publicIp: publicIp(25),
          tagSet,
          associationId: associationId(1),
          networkInterfaceId: networkInterfaceId(1),
          privateIpAddress: privateIp(1),
          instanceId: instanceId(1),
        },
      ],
    },
  },
  DescribeAddressesAttribute: {
    addressSet: {
      item: [
        {
          allocationId: allocationId(0xe1),
          publicIp: publicIp(25),
          ptrRecord: 'db.example.com.',
          ptrRecordUpdate: { value: 'x.example.com.', status: 'PENDING' },
        },
      ],
    },
  },
  DescribeNetworkInterfaces: {
    networkInterfaceSet: {
      item: [
        {
          networkInterfaceId: networkInterfaceId(7),
          subnetId: subnetId(1),
          vpcId: vpcId(1),
          availabilityZone: 'eu-west-1a',
          privateIpAddressesSet,
          ipv6AddressesSet,
          attachment: { ...attached, instanceId: instanceId(1) },
        },
      ],
    },
  },
  DescribeRouteTables: {
    routeTableSet: {
      item: [
        {
          routeTableId: routeTableId(1),
          vpcId: vpcId(1),
          routeSet: {
            item: [
              {
                destinationCidrBlock: '10.99.0.1/32',
                networkInterfaceId: networkInterfaceId(1),
                state: 'active',
              },
            ],
          },
        },
      ],
    },
  },
  DescribeSubnets: {
    subnetSet: {
      item: [
        {
          subnetId: subnetId(1),
          availabilityZone: 'eu-west-1a',
          cidrBlock: '10.0.1.0/24',
          ipv6CidrBlockAssociationSet: {
            item: [{ ipv6CidrBlock: '2600:1f18:1:1::/64', ipv6CidrBlockState: { state: 'associated' } }],
          },
        },
      ],
    },
  },
  DescribeInstanceTypes: {
    instanceTypeSet: {
      item: [
        {
          instanceType: 't3.medium',
          networkInfo: {
            maximumNetworkInterfaces: 3,
            ipv4AddressesPerInterface: 6,
            ipv6AddressesPerInterface: 6,
            ipv6Supported: true,
          },
        },
      ],
    },
  },
  DescribeInstanceStatus: {
    instanceStatusSet: {
      item: [
        { instanceId: instanceId(1), instanceStatus: { status: 'ok' }, systemStatus: { status: 'impaired' } },
      ],
    },
  },
  DescribeImages: {
    imagesSet: { item: [{ imageId: 'ami-0123456789abcdef0', imageOwnerId: '111122223333' }] },
  },
  AssociateAddress: { associationId: associationId(9), return: true },
};
