import { DescribeImagesCommand, type DescribeImagesCommandInput } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { aLaunch, anEc2Room, type Ec2Room } from './ec2-room.ts';

const ownImage = 'ami-0123456789abcdef0';
const amazonImage = 'ami-0aaaaaaaaaaaaaaaa';
const amazonAccount = '137112412989';

async function ownersOf({ client }: Ec2Room, input: DescribeImagesCommandInput): Promise<unknown> {
  const { Images } = await client.send(new DescribeImagesCommand(input));
  return Images?.map(({ ImageId, OwnerId }) => [ImageId, OwnerId]);
}

function aRoomWithImages(): Ec2Room {
  const room = anEc2Room();
  room.room.setImageOwner(amazonImage, { ownerId: amazonAccount, ownerAlias: 'amazon' });
  return room;
}

test('any well-formed image is of the account, unless somebody else is said to own it', async () => {
  const room = aRoomWithImages();

  const { Images } = await room.client.send(new DescribeImagesCommand({ ImageIds: [ownImage, amazonImage] }));

  expect(Images).toMatchObject([
    { ImageId: ownImage, OwnerId: '123456789012', Public: false, State: 'available' },
    { ImageId: amazonImage, OwnerId: amazonAccount, ImageOwnerAlias: 'amazon', Public: true },
  ]);
  expect(Images?.[0]).not.toHaveProperty('ImageOwnerAlias');
});

test('images are found by owner and by filter, those that instances name among them', async () => {
  const room = aRoomWithImages();
  await aLaunch(room, { ImageId: ownImage });

  const own = [ownImage, '123456789012'];
  const foreign = [amazonImage, amazonAccount];
  expect(await ownersOf(room, {})).toEqual([own, foreign]);
  expect(await ownersOf(room, { Owners: ['self'] })).toEqual([own]);
  expect(await ownersOf(room, { Owners: ['amazon'] })).toEqual([foreign]);
  expect(await ownersOf(room, { Owners: [amazonAccount, 'self'] })).toEqual([own, foreign]);
  expect(await ownersOf(room, { Filters: [{ Name: 'owner-alias', Values: ['amazon'] }] })).toEqual([foreign]);
  expect(await ownersOf(room, { Filters: [{ Name: 'image-id', Values: [ownImage] }] })).toEqual([own]);
});

test('an image that is deregistered is gone: by id an error, by filter nothing, and nothing launches from it', async () => {
  const room = aRoomWithImages();
  room.room.deregisterImage(ownImage);

  const message = `The image id '[${ownImage}]' does not exist`;
  await expect(ownersOf(room, { ImageIds: [amazonImage, ownImage] })).rejects.toMatchObject({
    name: 'InvalidAMIID.NotFound',
    message,
  });
  await expect(aLaunch(room, { ImageId: ownImage })).rejects.toThrow(message);
  expect(await ownersOf(room, { Filters: [{ Name: 'image-id', Values: [ownImage] }] })).toEqual([]);
});

test('a malformed id is told as such', async () => {
  const room = anEc2Room();

  await expect(ownersOf(room, { ImageIds: ['ami-1'] })).rejects.toMatchObject({
    name: 'InvalidAMIID.Malformed',
  });
});

test('images come in pages', async () => {
  const room = aRoomWithImages();
  room.room.setImageOwner(ownImage, {});

  const first = await room.client.send(new DescribeImagesCommand({ MaxResults: 1 }));

  expect(first.Images).toMatchObject([{ ImageId: ownImage }]);
  expect(await ownersOf(room, { MaxResults: 1, NextToken: first.NextToken })).toEqual([
    [amazonImage, amazonAccount],
  ]);
});
