let failuresLeft;

/** Fails as often as FAILURES says, then succeeds; takes PAUSE_MS. */
export async function handler(event) {
  // biome-ignore-start lint/style/noProcessEnv: where Lambda puts configuration
  failuresLeft ??= Number(process.env.FAILURES ?? 0);
  const pauseMs = Number(process.env.PAUSE_MS ?? 0);
  // biome-ignore-end lint/style/noProcessEnv: where Lambda puts configuration
  console.log(JSON.stringify(event));
  if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  if (failuresLeft > 0) {
    failuresLeft -= 1;
    throw new Error('not yet');
  }
  return event.answer ?? null;
}
