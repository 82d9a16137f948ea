/** The first twelve digits of a digest: enough to recognise it by eye, never to check it. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/u, '').slice(0, 12);
