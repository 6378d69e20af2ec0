/** The API reference page of an action or a structure. */
export function cloudWatchPage(name: string): string {
  return `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${name}.html`;
}
