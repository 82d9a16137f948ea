import { describe, expect, it } from 'vitest';
import { allZones, parseZone } from './zone-name.ts';

const named = (text: string): string | null => {
  const parsed = parseZone({ text, offset: 0 });
  return parsed.ok ? parsed.value : null;
};
const instead = (text: string): readonly string[] => {
  const parsed = parseZone({ text, offset: 0 });
  return parsed.ok ? [] : parsed.findings.map((finding) => finding.instead);
};

describe('the name of a time zone', () => {
  it('is one and the same for every zone, however it is written', () => {
    for (const zone of allZones()) {
      expect(named(zone)).toBe(zone);
      expect(named(zone.toLowerCase())).toBe(zone);
    }
  });

  it('is the newer one where a zone was renamed', () => {
    expect(['Asia/Calcutta', 'Europe/Kiev', 'US/Pacific', 'Etc/UTC'].map(named)).toEqual([
      'Asia/Kolkata',
      'Europe/Kyiv',
      'America/Los_Angeles',
      'UTC',
    ]);
  });

  it('is never an offset or an abbreviation, which do not say when the clock is put forward', () => {
    const texts = ['+02:00', '-5', 'UTC+2', 'GMT-05:00', 'GMT', 'Etc/GMT-5', 'EST', 'CET', 'BST', 'PST8PDT'];
    expect(texts.filter((text) => named(text) !== null)).toEqual([]);
  });

  it('that is nearly right, or only the place, is told as it should be', () => {
    expect(['Europe/Lodnon', 'london', 'New York', 'UTCC', 'Afrika/Johannesburg'].map(instead)).toEqual([
      ['`Europe/London`'],
      ['`Europe/London`'],
      ['`America/New_York`'],
      ['`UTC`'],
      ['`Africa/Johannesburg`'],
    ]);
  });

  it('that is as long as a book is refused', () => {
    expect(named(`Europe/${'x'.repeat(100_000)}`)).toBe(null);
  });
});
