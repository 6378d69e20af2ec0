import { readFile } from 'node:fs/promises';

/** The policy of docs/deploy.md that has a statement of this Sid, as people copy it. */
export async function documentedPolicy(sid: string): Promise<object> {
  const text = await readFile(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const found = blocks.find((block) => block.includes(`"Sid": "${sid}"`));
  if (found === undefined) throw new Error(`docs/deploy.md has no policy with ${sid}`);
  return JSON.parse(found) as object;
}
