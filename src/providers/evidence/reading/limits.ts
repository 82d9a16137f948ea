/** What a file of evidence may ask of us. Far above what tools write; a file beyond one of these is refused by name. */
export const limits = {
  fileBytes: 256 * 2 ** 20,
  /** Elements of XML, lists and objects of JSON, in each other. */
  nesting: 200,
  /** Characters. */
  attribute: 64 * 1024,
  attributesOfElement: 1000,
  /** Characters of one line of a format that has lines. */
  line: 64 * 1024,
  /** Bytes of one string or number of JSON. */
  jsonToken: 4 * 2 ** 20,
  /** Characters of a key of JSON. */
  jsonKey: 1000,
  /** Keys of all objects that are open at one place: they are remembered, to find doubled ones. */
  jsonOpenKeys: 20_000,
  /** Entries of a list of which something is kept at once. */
  jsonListKept: 1000,
  /** Numbers of source lines. */
  sourceLine: 2_000_000,
  /** Bytes that may be kept of a file while it is read, such as which lines were hit. */
  kept: 48 * 2 ** 20,
  problems: 20,
} as const;

/** Bytes that are worked on at a stretch: at 20 MB/s about 3 ms, and a bound on what a parser buffers. */
export const pieceBytes = 64 * 1024;
