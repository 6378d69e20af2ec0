import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { compileFilters, exactValues, type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { cutPage, expectNoPagingWithIds, pagingInput } from './paging.ts';
import { isWellFormedId } from './state/ids.ts';
import type { Image } from './state/images.ts';
import type { World } from './state/world.ts';
import { untagged } from './tag-rules.ts';

/** DescribeImages. */
export function describeImages(world: World): Operation {
  const fields = imageFields(world);
  return ec2Operation({
    name: 'DescribeImages',
    effect: 'read',
    input: {
      ImageIds: z.array(z.string()).optional(),
      Owners: z.array(z.string()).optional(),
      Filters: filtersInput,
      // No image is deprecated or disabled here, so that they make no difference.
      IncludeDeprecated: z.boolean().optional(),
      IncludeDisabled: z.boolean().optional(),
      ...pagingInput,
    },
    honesty: {
      modelled: [
        'Any well-formed id is an image of the account itself, unless a typed method or a control route says who owns it or that it is deregistered; one that is deregistered is InvalidAMIID.NotFound when asked for by id.',
        'By ids, owners (self, an account, an alias), filters on what is kept; MaxResults 1 to 1000 with NextToken. Without ids: images that something was said about and those that instances name.',
      ],
      notModelled: ['Everything else about images: devices, tags, permissions, deprecation'],
      sources: [ec2Page('DescribeImages'), 'unverified: the order of images'],
    },
    run: ({ ImageIds, Owners, Filters, ...paging }) => {
      expectNoPagingWithIds('imageIdSet', ImageIds !== undefined, paging);
      const isWanted = compileFilters(Filters, fields, () => untagged.tags);
      const named = ImageIds ?? exactValues(Filters, 'image-id') ?? knownIds(world);
      const wanted = (ImageIds === undefined ? existing(world, named) : expectImages(world, named))
        .filter((image) => Owners?.some((owner) => isOwnedBy(world, image, owner)) ?? true)
        .filter(isWanted);
      const serials = new Map(wanted.map(({ id }, index) => [id, index + 1]));
      const { items, nextToken } = cutPage(wanted, ({ id }) => serials.get(id) ?? 0, paging, {
        min: 1,
        max: 1_000,
      });
      return { Images: items.map((image) => imageView(world, image)), ...nextToken };
    },
  });
}

/** The image that an instance may be launched from. Throws MissingParameter, or InvalidAMIID.Malformed or NotFound. */
export function expectImage(world: World, imageId: string | undefined): Image {
  if (imageId === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
  const [image] = expectImages(world, [imageId]);
  if (image === undefined) throw imagesNotFound([imageId]);
  return image;
}

/** Throws the errors of {@link expectImageId}, or InvalidAMIID.NotFound naming every id that is missing. */
function expectImages(world: World, ids: readonly string[]): Image[] {
  const distinct = [...new Set(ids)].map(expectImageId);
  const missing = distinct.filter((id) => world.images.get(id) === undefined);
  if (missing.length > 0) throw imagesNotFound(missing);
  return existing(world, distinct);
}

/** The same id. Throws InvalidAMIID.Malformed. */
export function expectImageId(id: string): string {
  if (!isImageId(id))
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  return id;
}

function isImageId(id: string): boolean {
  return isWellFormedId(id, 'ami');
}

function imagesNotFound(ids: readonly string[]): AwsError {
  const [noun, verb] = ids.length === 1 ? ['id', 'does'] : ['ids', 'do'];
  return new AwsError('InvalidAMIID.NotFound', `The image ${noun} '[${ids.join(', ')}]' ${verb} not exist`);
}

function existing(world: World, ids: Iterable<string>): Image[] {
  return [...new Set(ids)].sort().flatMap((id) => (isImageId(id) ? (world.images.get(id) ?? []) : []));
}

function knownIds(world: World): readonly string[] {
  return [...world.images.ids(), ...[...world.instances.all()].map(({ imageId }) => imageId)];
}

function isOwnedBy(world: World, { ownerId, ownerAlias }: Image, owner: string): boolean {
  return owner === 'self'
    ? ownerId === world.surroundings.accountId
    : owner === ownerId || owner === ownerAlias;
}

function imageFields(world: World): FilterFields<Image> {
  return {
    hypervisor: () => 'xen',
    'image-id': ({ id }) => id,
    'image-type': () => 'machine',
    'is-public': (image) => isPublic(world, image),
    name: nameOf,
    'owner-alias': ({ ownerAlias }) => ownerAlias,
    'owner-id': ({ ownerId }) => ownerId,
    'root-device-type': () => 'ebs',
    state: () => 'available',
    'virtualization-type': () => 'hvm',
  };
}

function imageView(world: World, image: Image): object {
  const { id, ownerId, ownerAlias } = image;
  return {
    ImageId: id,
    ImageLocation: `${ownerAlias ?? ownerId}/${nameOf(image)}`,
    State: 'available',
    OwnerId: ownerId,
    ImageOwnerAlias: ownerAlias,
    Public: isPublic(world, image),
    ImageType: 'machine',
    Name: nameOf(image),
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/xvda',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
  };
}

function nameOf({ id }: Image): string {
  return `image ${id}`;
}

/** The images of others could not be used otherwise. */
function isPublic({ surroundings }: World, { ownerId }: Image): boolean {
  return ownerId !== surroundings.accountId;
}
