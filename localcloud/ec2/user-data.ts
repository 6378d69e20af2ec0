import { invalidParameterValue } from './errors.ts';

const bytesMax = 16_384;

/**
 * User data as it is sent and kept: base64 of at most 16 KB.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function expectUserData(userData: string): string {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData))
    throw invalidParameterValue('Invalid BASE64 encoding of user data.');
  if (Buffer.from(userData, 'base64').length > bytesMax)
    throw invalidParameterValue(`User data is limited to ${bytesMax} bytes`);
  return userData;
}
