import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameTracker, goingAwayFrame } from './websocket-frames.ts';

function frame(payloadLength: number, masked: boolean): Buffer {
  const mask = masked ? 0x80 : 0;
  const length =
    payloadLength < 126
      ? Buffer.from([mask | payloadLength])
      : payloadLength < 65_536
        ? Buffer.from([mask | 126, payloadLength >> 8, payloadLength & 255])
        : Buffer.from([
            mask | 127,
            0,
            0,
            0,
            0,
            0,
            payloadLength >> 16,
            (payloadLength >> 8) & 255,
            payloadLength & 255,
          ]);
  return Buffer.concat([
    Buffer.from([0x82]),
    length,
    Buffer.alloc(masked ? 4 : 0, 0x81),
    Buffer.alloc(payloadLength, 0x88),
  ]);
}

const frames = fc.array(
  fc.record({ length: fc.constantFrom(0, 1, 125, 126, 1_000, 65_535, 65_536, 70_000), masked: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);

it('finds the end of every frame, however the bytes are cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }), (list, cuts) => {
      const bytes = Buffer.concat(list.map(({ length, masked }) => frame(length, masked)));
      const tracker = new FrameTracker();
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const next = at + (cuts[turn % cuts.length] ?? 1);
        tracker.push(bytes.subarray(at, next));
        at = next;
      }
      expect(tracker.isAtBoundary).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('takes of a chunk only what still belongs to the frame under way', () => {
  const tracker = new FrameTracker();
  const one = frame(300, true);
  tracker.push(one.subarray(0, 3));
  expect(tracker.isAtBoundary).toBe(false);
  expect(tracker.pushToBoundary(Buffer.concat([one.subarray(3), frame(5, true)]))).toBe(one.length - 3);
  expect(tracker.isAtBoundary).toBe(true);
  expect(tracker.pushToBoundary(frame(5, true))).toBe(0);
});

it('says 1001 in frames of the length they announce', () => {
  for (const from of ['server', 'client'] as const) {
    const tracker = new FrameTracker();
    tracker.push(goingAwayFrame(from));
    expect(tracker.isAtBoundary).toBe(true);
    expect(goingAwayFrame(from).readUInt16BE(goingAwayFrame(from).length - 2)).toBe(1001);
  }
});
