import { addressFindings } from './address-meaning.ts';
import { type Finding, pointerTo, recordOf, textOf } from './finding.ts';

const kinds = ['prometheus', 'alertmanager'];

/** Problems of where alarms are asked for: addresses that are none, passwords in them, a token over plain HTTP. */
export function alarmFindings(file: Readonly<Record<string, unknown>>): readonly Finding[] {
  const environments = Object.entries(recordOf(file['environments']));
  return [
    ...sourceFindings(pointerTo('alarms'), file['alarms']),
    ...environments.flatMap(([name, spec]) =>
      sourceFindings(pointerTo('environments', name, 'alarms'), recordOf(spec)['alarms']),
    ),
  ];
}

const sourceFindings = (pointer: string, written: unknown): readonly Finding[] =>
  kinds.flatMap((kind) => {
    const source = recordOf(recordOf(written)[kind]);
    const hasToken = source['token'] !== undefined;
    return addressFindings(`${pointer}/${kind}/url`, textOf(source['url']), {
      plain: hasToken ? 'Over plain http, anybody on the way could read the token.' : null,
      password: 'the address alone, and `token` with the name of a variable or a file',
      example: kind === 'prometheus' ? 'http://prometheus:9090' : 'http://alertmanager:9093',
    });
  });
