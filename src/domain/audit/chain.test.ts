import { describe, expect, it } from 'vitest';
import { aProject, anEvent, chained } from '../../../test/kit/audit.ts';
import type { ProjectId } from '../ids.ts';
import { type ChainHead, checkpointText, extendHead, genesisLink } from './chain.ts';

const events = chained([1, 2, 3, 4].map((count) => anEvent(`event ${count}`)));
const links = events.map(({ position, payloadDigest }) => ({ position, payloadDigest }));
const start: ChainHead = { project: aProject, position: 0, link: genesisLink(aProject) };
const headAt = (index: number): ChainHead => {
  const { position = 0, link = start.link } = events[index] ?? {};
  return { project: aProject, position, link };
};

describe('a chain of events', () => {
  it('begins and is signed as it always was: exports of long ago have to be verified still', () => {
    expect(genesisLink(aProject)).toBe(
      'sha256:6c2f6e777fec4a37949c509c949cbd466cbced44c4eea82aa17ebb242c2580f7',
    );
    expect(checkpointText({ ...start, position: 7 })).toBe(
      `{"link":"${start.link}","position":7,"project":"${aProject}"}`,
    );
  });

  it('begins otherwise in each project, so that nothing can be moved from one to another', () => {
    expect(genesisLink('another' as ProjectId)).not.toBe(start.link);
  });

  it('is followed link by link from a head that is trusted', () => {
    expect(extendHead(start, links)).toEqual(headAt(3));
    expect(extendHead(headAt(1), links.slice(2))).toEqual(headAt(3));
    expect(extendHead(headAt(1), [])).toEqual(headAt(1));
  });

  it.each([
    ['has a gap', links.slice(3)],
    ['goes back', links.slice(1)],
    ['has a gap further on', [links[2], links[2]]],
  ])('is not followed where it %s', (_, next) => {
    expect(extendHead(headAt(1), next as typeof links)).toBeUndefined();
  });

  it('ends in another link where anything before it was another', () => {
    const [one, two] = links as [(typeof links)[0], (typeof links)[0]];
    const swapped = [
      { ...one, payloadDigest: two.payloadDigest },
      { ...two, payloadDigest: one.payloadDigest },
    ];
    expect(extendHead(start, swapped)?.position).toBe(2);
    expect(extendHead(start, swapped)?.link).not.toBe(headAt(1).link);
    expect(extendHead({ ...start, project: 'another' as ProjectId }, links)?.link).not.toBe(headAt(3).link);
  });
});
