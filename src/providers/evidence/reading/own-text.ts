/**
 * The same text, in memory of its own. A part of a string keeps the whole string alive in V8, and one that was put together
 * character by character takes 32 bytes for each: what is kept of a large file has to be copied.
 */
export const ownText = (part: string): string => Buffer.from(part, 'utf16le').toString('utf16le');
