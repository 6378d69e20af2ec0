/** What the command's exit code says; the same four everywhere. */
export const exitCodes = { ok: 0, failure: 1, usage: 2, attention: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For the help. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done; with status, plan and --wait: every role is as it should be',
  failure: 'it went wrong: AWS refused, could not be reached, or somebody else wrote first',
  usage: 'wrong usage or invalid input; nothing was changed',
  attention: 'status, plan and --wait: some role is not as it should be, or not yet',
};
