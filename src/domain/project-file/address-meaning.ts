import type { Finding } from './finding.ts';

export interface AddressWords {
  /** Why it must not be plain HTTP to another machine; null where it may. */
  readonly plain: string | null;
  /** What to write instead of a password in it. */
  readonly password: string;
  readonly example: string;
}

/** Problems of an address that the control plane is to ask at. */
export function addressFindings(
  pointer: string,
  text: string | undefined,
  words: AddressWords,
): readonly Finding[] {
  if (text === undefined) return [];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return [
      {
        pointer,
        on: 'value',
        message: `"${text}" is no address.`,
        instead: `an address such as \`${words.example}\``,
      },
    ];
  const findings: Finding[] = [];
  if (url.username !== '' || url.password !== '')
    findings.push({
      pointer,
      on: 'value',
      message: 'A password stands in this address, where everybody can read it.',
      instead: words.password,
    });
  if (words.plain !== null && url.protocol === 'http:' && !isLoopback(url.hostname))
    findings.push({
      pointer,
      on: 'value',
      message: words.plain,
      instead: `\`https://${url.host}${url.pathname}\``,
    });
  return findings;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
