/** An Availability Zone: its name is the account's, its id the same for all accounts. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

const directions = ['north', 'south', 'central', 'east', 'west', 'gov'];

/** The zones of a region, one for each letter. */
export function zonesOfRegion(region: string, letters: readonly string[]): readonly Zone[] {
  const short = shortRegion(region);
  return letters.map((letter, index) => ({ name: `${region}${letter}`, id: `${short}-az${index + 1}` }));
}

// `ap-southeast-2` is spoken of as `apse2` in zone ids.
function shortRegion(region: string): string {
  const [area = '', ...parts] = region.split('-');
  const abbreviated = parts.map((part) =>
    directions.reduce((text, direction) => text.replace(direction, direction.charAt(0)), part),
  );
  return area + abbreviated.join('');
}
