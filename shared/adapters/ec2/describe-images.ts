import type { EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { callAws } from '../aws-error.ts';
import type { FactReader } from './lasting-facts.ts';
import { lastingFacts } from './lasting-facts.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Images of one page, at the most. */
const pageMax = 1_000;

/**
 * Account ids and aliases of the owners of images, by image id. An image that was deregistered has none, although
 * instances of it live on.
 */
export function imageOwners(client: EC2Client): FactReader<readonly string[]> {
  return lastingFacts((ids) =>
    filteredBy('image-id', ids, (filter) =>
      everyPage(
        (next) =>
          callAws('DescribeImages', () =>
            client.send(
              new DescribeImagesCommand({
                Filters: [filter],
                IncludeDeprecated: true,
                IncludeDisabled: true,
                MaxResults: pageMax,
                ...next,
              }),
            ),
          ),
        ({ Images = [] }) =>
          Images.flatMap(({ ImageId, OwnerId, ImageOwnerAlias }) => {
            const owners = [OwnerId, ImageOwnerAlias].filter((owner) => owner !== undefined);
            return ImageId === undefined ? [] : [[ImageId, owners] as const];
          }),
      ),
    ),
  );
}
