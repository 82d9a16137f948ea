import { chapter } from '../explanation.ts';

export const asking = chapter(
  {
    title: 'Webhooks and alarms that are asked',
    form: 'failure',
    look: [
      '`rung why RELEASE --to ENVIRONMENT` says what was asked, when, and what came back.',
      '`rung alarm list` shows alarms, and sources that cannot be read.',
    ],
    leaves: 'The gate stays closed, and the promotion waits.',
  },
  {
    'gate-not-asked': {
      kind: 'absent',
      title: 'The environment has no webhook of this name',
      because: 'No gate of the step is a webhook that is called so.',
      wayOut:
        'Take a name that the failure lists, or see what it asks for: `rung why RELEASE --to ENVIRONMENT`',
    },
    'question-open': {
      kind: 'conflict',
      title: 'The webhook was asked already and may still answer',
      because: 'One question stands at a time.',
      wayOut: 'Wait for its answer; the failure says until when at the most.',
      again: 'Asking again helps once that time is over.',
    },
    'question-answered': {
      kind: 'conflict',
      title: 'The question was answered already',
      because: 'The first answer counts, and this one came after it.',
      leaves: 'The first answer stands.',
      wayOut: 'Nothing to do for the one who answers. Whoever wants another answer asks again.',
    },
    'question-closed': {
      kind: 'conflict',
      title: 'The time to answer the question is over',
      because: 'The answer came after the `timeout` of the gate.',
      wayOut: 'Wait to be asked again. Give the gate a longer `timeout` in rung.yaml if this happens often.',
    },
    'callback-refused': {
      kind: 'denied',
      title: 'The answer of a webhook is not let in',
      because: 'It comes without the token of its question, or with that of an earlier one.',
      wayOut:
        'Send the token of the latest request as `Authorization: Bearer TOKEN`; it stands there under `callback`.',
    },
    'no-answer': {
      title: 'The webhook gave no answer in its time',
      because:
        'It could not be reached, answered what is none, or said that it will answer later and did not.',
      wayOut: [
        'See in its own log what it made of the question.',
        'Mend it; then ask again. No answer is no pass.',
      ],
      again: 'Asking again helps once the webhook answers.',
      see: ['gate-webhook'],
    },
    'alarm-token-absent': {
      kind: 'absent',
      title: 'There is no token for the source of alarms',
      because:
        'rung.yaml names a file or a variable for it, and on the machine of the control plane it is not there.',
      wayOut: 'Put it there; it is read anew with each look.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-refused': {
      kind: 'denied',
      title: 'The source of alarms refuses to tell',
      because: 'The token is missing or wrong, or may not read alerts.',
      wayOut: 'See that the token named under `alarms` in rung.yaml is there and may read alerts.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-unreachable': {
      kind: 'unavailable',
      title: 'The source of alarms cannot be reached',
      because: 'It does not run, its address is wrong, or something between lets nothing through.',
      wayOut:
        'See that it runs, and that its address in rung.yaml is right. No answer never counts as no alarm.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-unreadable': {
      kind: 'unavailable',
      title: 'What the source of alarms answers cannot be read',
      because:
        'The address is not that of the API of Prometheus or Alertmanager, or the answer is far too large.',
      wayOut: 'See that the address in rung.yaml is the one of its API, without a path.',
      again: 'The source is looked at again by itself.',
    },
    'reply-too-large': {
      title: 'The webhook replied with too much',
      because: 'Only a short verdict is read.',
      wayOut: 'Let it answer with the verdict and a link to the rest.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'address-refused': {
      title: 'The webhook is not asked over plain http',
      because:
        'Its address is on another machine, where what is asked and answered could be read and changed on the way.',
      wayOut: 'Give it an https address in rung.yaml.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-redirect': {
      title: 'The webhook replied with a redirect',
      because: 'Redirects are not followed: nobody has declared where they lead.',
      wayOut: 'Put the address that it redirects to into rung.yaml.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-status': {
      title: 'The webhook replied with a status that is no answer',
      because:
        'It refused the request, or there is nothing at the address; the status and what it wrote stand with it.',
      wayOut: 'Mend what its reply says: the address, its access, or the program.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-not-json': {
      title: 'The webhook did not reply with JSON',
      because: 'A sign-in page or a proxy often answers HTML in place of the program.',
      wayOut: 'Let the program itself answer, with `content-type: application/json`.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-not-understood': {
      title: 'The webhook replied with JSON that holds no verdict',
      because:
        '`verdict` is missing or not one of those that count, or `reason` or `url` is not what it should be.',
      wayOut:
        'Let it answer with a `verdict`, a `reason` as text, and a `url` that is an http or https link.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
  },
);
